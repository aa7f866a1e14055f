// What a deed includes: the store's Act.
#pragma once

#include "store/store.h"
