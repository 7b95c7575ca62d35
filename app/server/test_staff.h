// Somebody new at a company that a tester names: for a virtual phone of any company. With --outside alone.
#pragma once

#include "shield/enterprise/enterprise.h"

namespace hufu::server {

struct TestStaff {
    enterprise::Company company;
    enterprise::Person person;
    enterprise::ActivationCode code; // of their grant
};

// In: wish, a credit code or a name. A company that there is under it takes them; else it is made, verified, with the policy. Who is the
// first there is its administrator. Errors: badInput (neither a name nor a code), those of Enterprise::addPerson.
Result<TestStaff> employ(enterprise::Enterprise &enterprise, const enterprise::Ports &ports, std::string_view wish, const enterprise::Policy &policy);

} // namespace hufu::server
