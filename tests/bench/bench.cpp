#include "tests/bench/bench.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string_view>

namespace hufu::bench {

namespace {

constexpr int kRounds = 41;
constexpr double kRoundUs = 2'000;

// What a ratio has to keep, and what it aims at.
struct Bound {
    const char *name; // of the row, and of its portable twin
    double must;
    double portableMust;
    double aim;
    bool isRate = false; // the larger the better
};
constexpr double kNoMust = std::numeric_limits<double>::infinity(); // an aim alone
constexpr Bound kBounds[] = {
    {"sm2.fixed_base", 1.8, 3, 1.1},
    {"sm2.variable_base", 1.4, 2.5, 0.95},
    {"sm2.double_scalar", 1.1, 2, 0.75},
    {"cosign.server_total", 0.5, 0.8, 0.3},
    {"cosign.server_online", 0.28, 0.5, 0.14},
    {"cosign.both_sides", 0.7, 1.2, 0.45},
    {"decrypt.server", 0.3, 0.5, 0.18},
    {"cosign.durable_per_core", 0.5, 0.5, 0.9, true},
    {"envelope.seal_256MiB", 0.35, 0.35, 0.35},
    {"envelope.seal_256MiB.two_cores", 0.2, 0.2, 0.2},
    {"envelope.seal_256MiB.cp", kNoMust, kNoMust, 2},
};
constexpr std::string_view kPortable = ".portable";

double microseconds(const Bench::Step &step, int times)
{
    const double start = cpuUs();
    for (int i = 0; i < times; ++i)
        step();
    return cpuUs() - start;
}

// How often a step fits into a round; warms up as well.
int timesInRound(const Bench::Step &step)
{
    int times = 1;
    while (microseconds(step, times) < kRoundUs / 2)
        times *= 2;
    return times;
}

} // namespace

double cpuUs()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

void Bench::time(const std::string &name, const Step &step, const std::vector<Reference> &references)
{
    std::vector<Step> steps{step};
    for (const Reference &reference : references)
        steps.push_back(reference.step);
    std::vector<int> times;
    for (const Step &each : steps)
        times.push_back(timesInRound(each));
    std::vector<std::vector<double>> samples(steps.size());
    for (int round = 0; round < kRounds; ++round)
        for (std::size_t i = 0; i < steps.size(); ++i)
            samples[i].push_back(microseconds(steps[i], times[i]) / times[i]);

    const double ours = median(samples[0]);
    if (references.empty()) add({name, "us", ours, std::nullopt});
    for (std::size_t i = 0; i < references.size(); ++i)
        add({name + references[i].suffix, "us", ours,
             Row::Reference{references[i].name, median(samples[i + 1])}});
}

void Bench::add(Row row)
{
    m_rows.push_back(std::move(row));
}

std::string table(const std::vector<Row> &rows)
{
    std::string out = "| step | ours | reference | its time | ratio |\n| --- | ---: | --- | ---: | ---: |\n";
    for (const Row &row : rows) {
        char line[256];
        if (row.reference)
            std::snprintf(line, sizeof line, "| %s | %.2f %s | %s | %.2f %s | %.2f |\n", row.name.c_str(),
                          row.value, row.unit.c_str(), row.reference->name.c_str(), row.reference->value,
                          row.unit.c_str(), row.value / row.reference->value);
        else
            std::snprintf(line, sizeof line, "| %s | %.2f %s | | | |\n", row.name.c_str(), row.value,
                          row.unit.c_str());
        out += line;
    }
    return out;
}

Verdict verdict(const std::vector<Row> &rows)
{
    Verdict out{"| row | ratio | must | aim | |\n| --- | ---: | ---: | ---: | --- |\n"};
    for (const Row &row : rows) {
        const bool isPortable = row.name.ends_with(kPortable);
        const std::string name = row.name.substr(0, row.name.size() - (isPortable ? kPortable.size() : 0));
        const auto *bound = std::ranges::find_if(kBounds, [&](const Bound &each) { return each.name == name; });
        if (bound == std::end(kBounds) || !row.reference) continue;
        const double ratio = row.value / row.reference->value;
        const auto keeps = [&](double limit) { return bound->isRate ? ratio >= limit : ratio <= limit; };
        const double must = isPortable ? bound->portableMust : bound->must;
        out.isMet = out.isMet && keeps(must);
        char line[256];
        std::snprintf(line, sizeof line, "| %s | %.2f | %.2f | %.2f | %s |\n", row.name.c_str(), ratio, must, bound->aim,
                      !keeps(must) ? "missed" : keeps(bound->aim) ? "aim reached" : "kept");
        out.text += line;
    }
    // What was not measured has kept nothing.
    for (const Bound &bound : kBounds) {
        if (std::ranges::find(rows, std::string(bound.name), &Row::name) != rows.end()) continue;
        out.isMet = false;
        out.text += "| " + std::string(bound.name) + " | | | | not measured |\n";
    }
    return out;
}

Verdict verdict(const std::vector<Limit> &limits)
{
    Verdict out{"| figure | is | must be | |\n| --- | ---: | ---: | --- |\n"};
    for (const Limit &limit : limits) {
        const bool isKept = limit.isLeast ? limit.value >= limit.must : limit.value <= limit.must;
        out.isMet = out.isMet && isKept;
        char line[256];
        std::snprintf(line, sizeof line, "| %s | %.2f %s | %s %.2f %s | %s |\n", limit.name.c_str(), limit.value, limit.unit.c_str(),
                      limit.isLeast ? "at least" : "at most", limit.must, limit.unit.c_str(), isKept ? "kept" : "missed");
        out.text += line;
    }
    return out;
}

static nlohmann::ordered_json entriesOf(const std::vector<Row> &rows)
{
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const Row &row : rows) {
        nlohmann::ordered_json entry{{"name", row.name},     {"unit", row.unit},           {"value", row.value},
                                     {"reference", nullptr}, {"reference_value", nullptr}, {"ratio", nullptr}};
        if (row.reference) {
            entry["reference"] = row.reference->name;
            entry["reference_value"] = row.reference->value;
            entry["ratio"] = row.value / row.reference->value;
        }
        out.push_back(std::move(entry));
    }
    return out;
}

std::string json(const std::vector<Row> &rows)
{
    return entriesOf(rows).dump(2) + "\n";
}

bool appendJson(const std::string &file, const std::vector<Row> &rows)
{
    std::ifstream in(file);
    auto all = nlohmann::ordered_json::parse(in, nullptr, false);
    if (!all.is_array()) all = nlohmann::ordered_json::array();
    for (auto &entry : entriesOf(rows))
        all.push_back(std::move(entry));
    std::ofstream out(file);
    out << all.dump(2) << "\n";
    out.close();
    return !out.fail();
}

} // namespace hufu::bench
