// Parse, then call one verb.
#include "cli/cli.h"

int main(int argc, char** argv) { return cli::main(argc, argv); }
