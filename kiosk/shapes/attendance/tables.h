// The folds of attendance, named in shape.cpp. Not for others.
#pragma once

#include "store/store.h"

namespace attendance {

void fold_stay(store::Fold&);
void fold_session(store::Fold&);
void fold_roll_line(store::Fold&);
void fold_refused_fetch(store::Fold&);

}  // namespace attendance
