// One-time codes as the companies' acts use them: sent by SMS or by mail, judged with a reason.
#pragma once

#include "shield/codes/sms_code.h"
#include "shield/enterprise/verdict.h"

namespace hufu::enterprise {

// Lets codes travel by mail: to SmsCodes it is one more gateway.
class MailLine final : public ports::SmsGateway {
public:
    explicit MailLine(ports::MailGateway &mail) : m_mail(mail) {}
    Result<void> send(std::string_view address, std::string_view text) override
    {
        return m_mail.send(address, "虎符 Hufu 验证码 / code", text);
    }

private:
    ports::MailGateway &m_mail;
};

// whose: the application, person or company that it counts against besides its purpose.
// Returns: milliseconds until the next may be asked for.
inline Verdict<std::int64_t> sendCode(codes::SmsCodes &codes, ByteView purpose, ByteView whose, std::string_view to,
                                      std::string_view text)
{
    auto sent = codes.send(purpose, whose, to, text);
    if (!sent && sent.error().code == Errc::locked) return Denied::smsTooOften;
    return sent;
}

inline Verdict<void> verdictOf(codes::Check check)
{
    switch (check) {
    case codes::Check::right: return {};
    case codes::Check::wrong: return Denied::smsWrong;
    case codes::Check::expired: return Denied::smsExpired;
    case codes::Check::worn: return Denied::smsTooOften;
    }
    return Denied::smsWrong;
}

inline Verdict<void> checkCode(codes::SmsCodes &codes, ByteView purpose, ByteView whose, std::string_view digits,
                               codes::Right right)
{
    HUFU_TRY(check, codes.check(purpose, whose, digits, right));
    return verdictOf(check);
}

} // namespace hufu::enterprise
