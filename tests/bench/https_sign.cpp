// https_sign [--json FILE]: a whole log-in signature over loopback HTTPS against the real hufu-server, as long
// as the phone computes and waits for the network, without the person and without the PIN's stretching. Adds
// its row to FILE, which hufu_bench wrote.
#include "tests/app/server/phone_under_test.h"

#include <QCoreApplication>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace hufu::tests;
using hufu::phone::Show;

namespace {

constexpr int kRuns = 60;
constexpr std::string_view kPin = "739154";

// The milliseconds of each log-in; empty if something went wrong.
std::vector<double> logIns()
{
    ServerProcess server;
    if (!server.start()) return {};
    PhoneUnderTest phone(server);
    DeskUnderTest desk(server, phone);
    if (phone.activate(kPin).show != Show::done) return {};
    desk.enrol();
    hufu::phone::Approval enrolment(phone.environment);
    if (phone.approve(enrolment, desk.frame(), kPin).show != Show::done) return {};
    std::vector<double> out;
    for (int i = 0; i < kRuns; ++i) {
        if (desk.start(R"({"act":"login"})").isEmpty()) return {};
        const std::string frame = desk.frame();
        hufu::phone::Approval flow(phone.environment);
        const auto start = std::chrono::steady_clock::now();
        if (phone.approve(flow, frame, kPin).show != Show::done) return {};
        out.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::ranges::sort(out);
    return out;
}

} // namespace

int main(int count, char **arguments)
{
    QCoreApplication app(count, arguments);
    const bool withJson = count == 3 && std::string_view(arguments[1]) == "--json";
    const std::vector<double> times = logIns();
    if (times.empty()) {
        std::fputs("a log-in over HTTPS did not succeed\n", stderr);
        return 1;
    }
    const double middle = times[times.size() / 2];
    std::printf("| https.sign_end_to_end | %.2f ms (p99 %.2f ms) | | | |\n", middle,
                times[times.size() * 99 / 100]);
    if (!withJson) return 0;
    std::ifstream in(arguments[2]);
    auto rows = nlohmann::ordered_json::parse(in, nullptr, false);
    if (!rows.is_array()) rows = nlohmann::ordered_json::array();
    rows.push_back({{"name", "https.sign_end_to_end"},
                    {"unit", "ms"},
                    {"value", middle},
                    {"reference", nullptr},
                    {"reference_value", nullptr},
                    {"ratio", nullptr}});
    std::ofstream out(arguments[2]);
    out << rows.dump(2) << "\n";
    out.close();
    return out.fail() ? 1 : 0;
}
