// The main of test programs that need no market.
#include "base/test.h"

int main(int argc, char **argv)
{
    return test_main(argc, argv);
}
