// Sealed bids for tests: 王小明 (1) seals for himself and 李芳 (2).
#pragma once

#include "shield/opening/bid.h"

namespace hufu::tests {

inline constexpr opening::AccountId kWang{1}, kLi{2}, kStranger{9};
inline constexpr std::int64_t kSealedMs = 1'800'000'000'000;

inline opening::Bid sealedBid(std::uint8_t number, std::int64_t openingMs = kSealedMs + 3 * opening::kDayMs)
{
    opening::Bid bid;
    bid.id.fill(number);
    bid.sealer = kWang;
    bid.project = {"ZB-2026-00" + std::to_string(number), "某某大桥", "2 标段"};
    bid.fileName = "投标文件.pdf";
    bid.size = 123'456;
    bid.sealedMs = kSealedMs;
    bid.openingMs = openingMs;
    bid.recipients = {{"王小明", Bytes(20, 1), kWang}, {"李芳", Bytes(20, 2), kLi}, {"外部", Bytes(20, 3), {}}};
    return bid;
}

} // namespace hufu::tests
