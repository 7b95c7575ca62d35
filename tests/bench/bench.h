// A small harness: times a function against a reference in alternating rounds, so that both see the same
// machine, and reports the median.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hufu::bench {

struct Row {
    struct Reference {
        std::string name;
        double value;
    };
    std::string name;
    std::string unit; // of value and of the reference's value
    double value;
    std::optional<Reference> reference;
};

class Bench {
public:
    using Step = std::function<void()>;
    struct Reference {
        std::string name;
        Step step;
        std::string suffix; // of the row's name, where a step has a row for each of several references
    };

    // Microseconds of one step, in one row for each reference.
    void time(const std::string &name, const Step &step, const std::vector<Reference> &references = {});
    // A value measured elsewhere.
    void add(Row row);

    const std::vector<Row> &rows() const { return m_rows; }

private:
    std::vector<Row> m_rows;
};

// The time that this thread has computed, in microseconds: what other programs on the machine take is not in
// it.
double cpuUs();
double median(std::vector<double> values);

// For people: which of the rows have a bound to keep and which an aim, and whether their ratios do.
struct Verdict {
    std::string text;
    bool isMet = true; // every bound
};
Verdict verdict(const std::vector<Row> &rows);

// A figure that must be kept by itself, whatever the reference does.
struct Limit {
    std::string name, unit;
    double value, must;
    bool isLeast = false; // must is the least, not the most
};
Verdict verdict(const std::vector<Limit> &limits);

// For people: a Markdown table; ratio is ours / reference, below 1 where ours is faster.
std::string table(const std::vector<Row> &rows);
// For programs: [{name, unit, value, reference, reference_value, ratio}]; the last three are null where
// there is no reference.
std::string json(const std::vector<Row> &rows);
// Puts the rows behind those that the file has; false if it cannot be written.
bool appendJson(const std::string &file, const std::vector<Row> &rows);

// What each part of the product adds. suffix: of all names, for a second run on another path of the arithmetic.
void addCrypto(Bench &bench, const std::string &suffix);
void addThreshold(Bench &bench, const std::string &suffix);
void addEnvelope(Bench &bench); // whole programs
void addDurable(Bench &bench, const std::string &suffix);

} // namespace hufu::bench
