// The bids that a person has sealed and that are not opened yet: told by whoever keeps that list.
#pragma once

#include "shield/enterprise/ports.h"

#include <string>
#include <vector>

namespace hufu::enterprise {

struct SealedBid {
    std::string project;        // its name
    std::int64_t openingMs = 0; // 0: not known
    std::vector<std::string> othersWhoCanOpen = {}; // their names, besides this person
    std::string number = {};    // of the project; what is typed where nobody else could open the bid
    std::string package = {}, fileName = {};
};

class SealedBids {
public:
    virtual ~SealedBids() = default;
    // Whether anybody keeps the list: without one, no bids are told of, and that means nothing.
    virtual bool isKept() const { return true; }
    // The next opening first. Errors: unavailable.
    virtual Result<std::vector<SealedBid>> of(const Id &company, const Id &person) = 0;
    // In the caller's transaction: bytes that are others as soon as the person's list is another. Errors: unavailable.
    virtual Result<Bytes> markOf(ports::Transaction &transaction, const Id &company, const Id &person) = 0;
};

// While there is no such list.
class NoSealedBids final : public SealedBids {
public:
    bool isKept() const override { return false; }
    Result<std::vector<SealedBid>> of(const Id &, const Id &) override { return std::vector<SealedBid>(); }
    Result<Bytes> markOf(ports::Transaction &, const Id &, const Id &) override { return Bytes(); }
};

} // namespace hufu::enterprise
