// qr_read [--json FILE] [--pictures N]: reads N degraded pictures of each kind and severity (12) from the seed
// that nothing was tuned to, beside ZXing and ZBar as they come; prints the rows and the table by kind and
// severity, and puts the rows behind those that FILE has. Returns 1 if the eye misses what it has to reach.
#include "platform/eye/drawing.h"
#include "tests/bench/bench.h"
#include "tests/eye/score.h"
#include "tests/eye/searched_mask.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

using namespace hufu;
using namespace hufu::tests;
using bench::Row;

namespace {

constexpr int kWithoutOurs = 140;
constexpr double kPointsMore = 9, kMedianMostMs = 2; // than the two libraries together; of pictures that the first try reads

double percent(int part, const Score &score)
{
    return 100.0 * part / score.all.pictures;
}

void addReading(bench::Bench &bench, const Score &score, const Emptiness &nothing)
{
    bench.add({"qr.success", "%", percent(score.all.ours, score),
               Row::Reference{"ZXing or ZBar as they come", percent(score.all.either, score)}});
    bench.add(
        {"qr.median_ms", "ms", bench::median(score.firstMilliseconds),
         Row::Reference{"ZXing as it comes, same pictures", bench::median(score.firstZxingMilliseconds)}});
    const double worst =
        std::max(nothing.slowestMs, *std::max_element(score.milliseconds.begin(), score.milliseconds.end()));
    bench.add({"qr.worst_ms", "ms", worst, Row::Reference{"a frame's time", eye::FrameReader::kFrameMs}});
    bench.add({"qr.wrong", "texts", static_cast<double>(score.wrong + nothing.wrong), std::nullopt});
}

// What the product promises of the eye, from the rows.
std::vector<bench::Limit> limitsOf(const std::vector<Row> &rows)
{
    std::vector<bench::Limit> out;
    for (const Row &row : rows) {
        if (row.name == "qr.success") out.push_back({"qr.success beyond ZXing and ZBar", "points", row.value - row.reference->value, kPointsMore, true});
        if (row.name == "qr.median_ms") out.push_back({row.name, row.unit, row.value, kMedianMostMs});
        if (row.name == "qr.worst_ms" || row.name == "qr.moving_worst_ms") out.push_back({row.name, row.unit, row.value, eye::FrameReader::kFrameMs});
        if (row.name == "qr.wrong" || row.name == "qr.moving_wrong") out.push_back({row.name, row.unit, row.value, 0});
    }
    return out;
}

void addMoving(bench::Bench &bench, int perCell)
{
    const Moving moving = readMoving(kHeldOutSeed, perCell);
    bench.add({"qr.moving_success", "%", 100.0 * moving.read / moving.frames, Row::Reference{"the same frames, each by itself", 100.0 * moving.readAlone / moving.frames}});
    bench.add({"qr.moving_caught", "%", 100.0 * moving.caught / moving.scans, Row::Reference{"the same scans, each frame by itself", 100.0 * moving.caughtAlone / moving.scans}});
    bench.add({"qr.moving_mean_ms", "ms", moving.ms / moving.frames, Row::Reference{"the same frames, each by itself", moving.msAlone / moving.frames}});
    bench.add({"qr.moving_worst_ms", "ms", moving.slowestMs, Row::Reference{"a frame's time", eye::FrameReader::kFrameMs}});
    bench.add({"qr.moving_wrong", "texts", static_cast<double>(moving.wrong), std::nullopt});
}

void addDrawing(bench::Bench &bench, const Score &fixed, int pictures)
{
    const std::string text = degraded(Kind::rotation, 1, kHeldOutSeed, 1).text;
    bench.time("qr.draw", [&] { (void)eye::drawCode(text, 1); },
               {{"the same with a search for the mask", [&] { (void)withSearchedMask(text); }, ""}});
    // Neither ours, which would read nearly all either way: the readers of other phones.
    ThreadClock clock;
    eye::FrameReader reader(clock);
    const Score searched = scoreOf(reader, kHeldOutSeed, pictures, withSearchedMask);
    bench.add({"qr.fixed_mask_success", "%", percent(fixed.all.either, fixed),
               Row::Reference{"ZXing or ZBar, mask searched for", percent(searched.all.either, searched)}});
    bench.add({"qr.fixed_mask_success.ours", "%", percent(fixed.all.ours, fixed),
               Row::Reference{"ours, mask searched for", percent(searched.all.ours, searched)}});
}

void printTries(const Score &score)
{
    std::printf("\n| read by | pictures | median ms | worst ms |\n| --- | ---: | ---: | ---: |\n");
    for (const auto &[name, times] : score.tries)
        std::printf("| %s | %zu | %.1f | %.1f |\n", name.c_str(), times.size(), bench::median(times),
                    *std::max_element(times.begin(), times.end()));
}

} // namespace

int main(int count, char **arguments)
{
    const char *json = nullptr;
    int pictures = 12;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string_view word(arguments[i]);
        if (word == "--json") json = arguments[i + 1];
        if (word == "--pictures") pictures = std::max(1, std::atoi(arguments[i + 1]));
    }
    bench::Bench bench;
    ThreadClock clock;
    eye::FrameReader reader(clock);
    const Score score = scoreOf(reader, kHeldOutSeed, pictures);
    addReading(bench, score, readNothing(reader, kHeldOutSeed, kWithoutOurs));
    addMoving(bench, std::max(1, pictures / 4));
    addDrawing(bench, score, pictures);
    std::printf("\n%s\n%s", bench::table(bench.rows()).c_str(), tableOf(score).c_str());
    printTries(score);
    const bench::Verdict verdict = bench::verdict(limitsOf(bench.rows()));
    std::printf("\n%s", verdict.text.c_str());
    const bool isWritten = json == nullptr || bench::appendJson(json, bench.rows());
    return isWritten && verdict.isMet ? 0 : 1;
}
