// People of a company for testers, each with a fixed phone number and an outcome that is always the same; README.md
// lists them. What the stand-ins and the registry have to do with an outcome is here; what the person does is in
// app/cli/people.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace hufu::server {

enum class TestFace : std::uint8_t { asSeen, notLive, otherPerson };

struct TestPerson {
    std::string_view outcome; // a word
    std::string_view phoneNumber, name, staffNumber;
    bool isSeated = true;
    TestFace face = TestFace::asSeen;
    bool smsDown = false;
    std::int64_t smsDelayMs = 0;
};

std::span<const TestPerson> testPeople();
const TestPerson *testPersonOf(std::string_view phoneNumber); // null: nobody's

} // namespace hufu::server
