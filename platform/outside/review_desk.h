// Stand-in for the people who look at uploaded papers: a queue that a tester works off.
#pragma once

#include "shield/ports/outside.h"

#include <map>
#include <mutex>
#include <vector>

namespace hufu::outside {

struct ReviewPaper {
    ByteArray<16> id{};
    std::string kind;
    Bytes document;
};

// May be used by several threads. What they say goes to the product by whoever works the queue.
class PaperQueue final : public ports::ReviewDesk {
public:
    Result<void> submit(const ByteArray<16> &paper, std::string_view kind, ByteView document) override; // again: once in the queue
    std::vector<ReviewPaper> papers();
    void done(const ByteArray<16> &paper); // off the queue
    void setDown(bool down);

private:
    std::mutex m_mutex;
    std::map<ByteArray<16>, ReviewPaper> m_papers;
    bool m_down = false;
};

} // namespace hufu::outside
