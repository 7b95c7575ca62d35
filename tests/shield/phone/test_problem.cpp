#include "shield/phone/problem.h"

#include <QTest>

using namespace hufu;
using phone::problemOf;
using wire::Status;

class TestProblem : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void verdict_eachThatIsNotOk_hasItsCode()
    {
        const auto codeOf = [](Status status, std::uint8_t tries = 3) {
            wire::Verdict verdict;
            verdict.status = status;
            verdict.tries = tries;
            return int{problemOf(verdict).code};
        };
        QCOMPARE(codeOf(Status::badPin), 300);
        QCOMPARE(codeOf(Status::locked), 301);
        QCOMPARE(codeOf(Status::locked, 0), 302);
        QCOMPARE(codeOf(Status::expired), 202);
        QCOMPARE(codeOf(Status::refused), 408); // code of a factor that was asked for and not given
        QCOMPARE(codeOf(Status::capped), 607);  // code of the day's decryptions
        QCOMPARE(codeOf(Status::tampered), 0);  // said by its Errc alone
    }

    void locked_eachState_hasItsCode()
    {
        const auto codeOf = [](wire::DeviceState state) {
            wire::Locked locked;
            locked.state = state;
            return int{problemOf(locked).code};
        };
        QCOMPARE(codeOf(wire::DeviceState::active), 301);
        QCOMPARE(codeOf(wire::DeviceState::frozen), 302);
        QCOMPARE(codeOf(wire::DeviceState::cloned), 303);
        QCOMPARE(codeOf(wire::DeviceState::destroyed), 307);
    }
};

QTEST_GUILESS_MAIN(TestProblem)
#include "test_problem.moc"
