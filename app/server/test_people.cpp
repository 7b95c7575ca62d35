#include "app/server/test_people.h"

#include <algorithm>
#include <array>

namespace hufu::server {

static constexpr std::array kPeople{
    TestPerson{"ok", "13900139001", "赵同意", "HT0001"},
    TestPerson{"refuses", "13900139002", "钱拒绝", "HT0002"},
    TestPerson{"notMine", "13900139003", "孙不认", "HT0003"},
    TestPerson{"wrongPin", "13900139004", "李手滑", "HT0004"},
    TestPerson{"locked", "13900139005", "周锁定", "HT0005"},
    TestPerson{"frozen", "13900139006", "吴冻结", "HT0006"},
    TestPerson{"cloned", "13900139007", "郑克隆", "HT0007"},
    TestPerson{"timeOut", "13900139008", "王不理", "HT0008"},
    TestPerson{"revoked", "13900139009", "冯吊销", "HT0009"},
    TestPerson{"seatEnded", "13900139010", "陈到期", "HT0010"},
    TestPerson{"digitsWrong", "13900139011", "褚错码", "HT0011"},
    TestPerson{"noSeat", "13900139021", "卫无席", "HT0021", false},
    TestPerson{"notLive", "13900139022", "蒋照片", "HT0022", true, TestFace::notLive},
    TestPerson{"otherPerson", "13900139023", "沈他人", "HT0023", true, TestFace::otherPerson},
    TestPerson{"smsDown", "13900139024", "韩无信", "HT0024", true, TestFace::asSeen, true},
    TestPerson{"smsLate", "13900139025", "杨迟到", "HT0025", true, TestFace::asSeen, false, 120'000},
};

std::span<const TestPerson> testPeople()
{
    return kPeople;
}

const TestPerson *testPersonOf(std::string_view phoneNumber)
{
    const auto it = std::ranges::find(kPeople, phoneNumber, &TestPerson::phoneNumber);
    return it == kPeople.end() ? nullptr : &*it;
}

} // namespace hufu::server
