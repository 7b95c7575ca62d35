// Runs a whole test class on each path of the arithmetic that this processor has.
#pragma once

#include "shield/crypto/sm2_engine.h"

#include <QtTest>

namespace hufu::tests {

template <typename Test> int runOnEveryPath(int count, char **arguments)
{
    int failed = 0;
    for (const crypto::Path path : {crypto::Path::portable, crypto::Path::adx}) {
        if (!crypto::isAvailable(path)) continue;
        crypto::choosePath(path);
        Test test;
        failed += QTest::qExec(&test, count, arguments);
    }
    return failed;
}

} // namespace hufu::tests
