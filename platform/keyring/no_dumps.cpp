#include "platform/keyring/no_dumps.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace hufu::keyring {

bool forbidDumps()
{
    const rlimit none = {0, 0};
    return ::setrlimit(RLIMIT_CORE, &none) == 0 && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

} // namespace hufu::keyring
