#include "shield/intent/manifest.h"

#include "shield/base/limits.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/frame.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace hufu::intent {

namespace {

using nlohmann::json;

constexpr int kManifestVersion = 1;
// RFC 8785 numbers are IEEE doubles: beyond this an integer has no exact form.
constexpr std::uint64_t kIntegerMax = (std::uint64_t{1} << 53) - 1;
constexpr std::int64_t kTimeEndMs = 253'402'300'800'000; // the year 10000
constexpr std::size_t kNameMax = 512, kFileNameMax = 1024, kShortMax = 128;

struct ActInfo {
    Act act;
    std::string_view name;
    Op op;
    std::int64_t userTimeMs;
};

constexpr ActInfo kActs[] = {
    {Act::login, "login", Op::sign, limits::kLoginTimeMs},
    {Act::sign, "sign", Op::sign, limits::kSignTimeMs},
    {Act::seal, "seal", Op::sign, limits::kSignTimeMs},
    {Act::encrypt, "encrypt", Op::sign, limits::kSignTimeMs},
    {Act::decrypt, "decrypt", Op::decrypt, limits::kDecryptTimeMs},
    {Act::enrol, "enrol", Op::sign, limits::kSignTimeMs},
    {Act::csr, "csr", Op::sign, limits::kSignTimeMs},
    {Act::encryptCertificate, "encryptCertificate", Op::sign, limits::kSignTimeMs},
    {Act::probe, "probe", Op::decrypt, limits::kDecryptTimeMs},
    {Act::rehearseSign, "rehearseSign", Op::sign, limits::kSignTimeMs},
    {Act::rehearseDecrypt, "rehearseDecrypt", Op::decrypt, limits::kDecryptTimeMs},
    {Act::pinChange, "pinChange", Op::pinChange, limits::kSignTimeMs},
    {Act::vouch, "vouch", Op::sign, limits::kSignTimeMs},
    {Act::revoke, "revoke", Op::sign, limits::kSignTimeMs},
    {Act::confirm, "confirm", Op::sign, limits::kSignTimeMs},
};

const ActInfo &infoOf(Act act)
{
    for (const ActInfo &info : kActs)
        if (info.act == act) return info;
    return kActs[0];
}

constexpr std::string_view kFlows[] = {"desk", "page", "phone"};
constexpr std::string_view kForms[] = {"bare", "cms", "ses", "cms-gmt"};
constexpr std::string_view kSealKinds[] = {"company", "legalPerson", "finance", "contract"};

template <typename Enum, std::size_t N>
std::optional<Enum> enumOf(const std::string_view (&names)[N], std::string_view name)
{
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == name) return static_cast<Enum>(i + 1);
    return std::nullopt;
}

template <typename Enum, std::size_t N> std::string nameIn(const std::string_view (&names)[N], Enum value)
{
    const std::size_t index = static_cast<std::size_t>(value) - 1;
    return std::string(names[index < N ? index : 0]);
}

// Reads members of one object. What is missing or of another type sets ok to false, as base's Reader does.
class Members {
public:
    Members(const json &object, bool &ok) : m_object(object), m_ok(ok)
    {
        if (!object.is_object()) m_ok = false;
    }
    bool has(const char *name) const { return m_object.is_object() && m_object.contains(name); }
    const json &at(const char *name) const
    {
        static const json none;
        if (has(name)) return m_object.at(name);
        m_ok = false;
        return none;
    }
    std::string text(const char *name) const
    {
        const json &value = at(name);
        if (value.is_string()) return value.get<std::string>();
        m_ok = false;
        return {};
    }
    std::string textOrEmpty(const char *name) const { return has(name) ? text(name) : std::string(); }
    std::uint64_t integer(const char *name, std::uint64_t most) const
    {
        const json &value = at(name);
        if (value.is_number_unsigned() && value.get<std::uint64_t>() <= most) return value.get<std::uint64_t>();
        m_ok = false;
        return 0;
    }
    template <std::size_t N> ByteArray<N> hex(const char *name) const
    {
        if (auto bytes = fromHex(text(name)))
            if (auto fixed = fixedBytes<N>(*bytes)) return *fixed;
        m_ok = false;
        return {};
    }
    // Of either suite, told apart by the length.
    crypto::PublicKey publicKey(const char *name) const
    {
        if (text(name).size() == 2 * crypto::kEdPointBytes) return hex<crypto::kEdPointBytes>(name);
        return hex<crypto::kPointBytes>(name);
    }

private:
    const json &m_object;
    bool &m_ok;
};

void addText(json &to, const char *name, const std::string &value)
{
    if (!value.empty()) to[name] = value;
}

Project projectOf(const json &object, bool &ok)
{
    const Members m(object, ok);
    return {m.text("id"), m.text("name"), m.textOrEmpty("package")};
}

SealUse sealOf(const json &object, bool &ok)
{
    const Members m(object, ok);
    SealUse seal;
    seal.grant = m.hex<16>("grant");
    if (const auto kind = enumOf<SealKind>(kSealKinds, m.text("kind")))
        seal.kind = *kind;
    else
        ok = false;
    seal.name = m.text("name");
    seal.purpose = m.text("purpose");
    seal.pages = m.textOrEmpty("pages");
    seal.riding = m.textOrEmpty("riding");
    if (m.has("electronic")) seal.electronic = m.hex<32>("electronic");
    if (m.has("style")) seal.style = static_cast<std::uint8_t>(m.integer("style", UINT8_MAX));
    seal.number = m.textOrEmpty("number");
    return seal;
}

File fileOf(const json &object, bool &ok)
{
    const Members m(object, ok);
    File file{m.text("name"), m.integer("size", kIntegerMax), m.hex<32>("sm3"), 0};
    if (m.has("pages")) file.pages = static_cast<std::uint32_t>(m.integer("pages", UINT32_MAX));
    if (m.has("c1")) file.c1 = m.hex<65>("c1");
    if (m.has("envelope")) file.envelope = m.hex<32>("envelope");
    if (m.has("seals")) {
        const json &seals = m.at("seals");
        if (!seals.is_array() || seals.empty() || seals.size() > Manifest::kSealsMax)
            ok = false;
        else
            for (const json &seal : seals)
                file.seals.push_back(sealOf(seal, ok));
    }
    return file;
}

Desk deskOf(const json &object, bool &ok)
{
    const Members m(object, ok);
    Desk desk{m.hex<16>("id"), m.text("name"), false};
    const json &known = m.at("known");
    if (known.is_boolean())
        desk.known = known.get<bool>();
    else
        ok = false;
    return desk;
}

CsrRequest csrOf(const json &object, bool &ok)
{
    const Members m(object, ok);
    const Members s(m.at("subject"), ok);
    return {{s.text("c"), s.text("o"), s.textOrEmpty("ou"), s.text("cn"), s.textOrEmpty("serialNumber")},
            m.publicKey("point")};
}

EncryptRequest encryptRequestOf(const json &object, bool &ok)
{
    const Members m(object, ok);
    return {m.hex<16>("acct"), m.hex<65>("point"), m.hex<32>("keyId")};
}

// Everything but what a draft leaves out.
void readCommon(const Members &m, Manifest &out, bool &ok)
{
    if (const auto act = actOf(m.text("act")))
        out.act = *act;
    else
        ok = false;
    if (m.has("deadline")) out.deadline = static_cast<std::int64_t>(m.integer("deadline", kIntegerMax));
    if (m.has("platform")) {
        const Members p(m.at("platform"), ok);
        out.platform = {p.text("id"), p.text("name")};
    }
    if (m.has("project")) out.project = projectOf(m.at("project"), ok);
    if (m.has("files")) {
        const json &files = m.at("files");
        if (!files.is_array() || files.size() > limits::kItemsMax)
            ok = false;
        else
            for (const json &file : files)
                out.files.push_back(fileOf(file, ok));
    }
    if (m.has("form")) {
        out.form = enumOf<Form>(kForms, m.text("form"));
        if (!out.form) ok = false;
    }
    if (m.has("recipients")) {
        const json &recipients = m.at("recipients");
        if (!recipients.is_array() || recipients.size() > limits::kRecipientsMax)
            ok = false;
        else
            for (const json &recipient : recipients) {
                if (recipient.is_string()) out.recipients.push_back(recipient.get<std::string>());
                else ok = false;
            }
    }
    if (m.has("recipientKeys")) {
        const json &keys = m.at("recipientKeys");
        if (!keys.is_array() || keys.size() > limits::kRecipientsMax)
            ok = false;
        else
            for (const json &key : keys) {
                auto bytes = fromHex(key.is_string() ? key.get<std::string>() : std::string("-"));
                if (bytes) out.recipientKeys.push_back(std::move(*bytes));
                else ok = false;
            }
    }
    out.soleReason = m.textOrEmpty("soleReason");
    out.network = m.textOrEmpty("network");
    if (m.has("deskKey")) out.deskKey = m.hex<32>("deskKey");
    if (m.has("deskPublicKey")) out.deskPublicKey = m.hex<32>("deskPublicKey");
    if (m.has("csr")) out.csrRequest = csrOf(m.at("csr"), ok);
    if (m.has("encryptCertificate")) out.encryptRequest = encryptRequestOf(m.at("encryptCertificate"), ok);
}

void readServers(const Members &m, Manifest &out, bool &ok)
{
    if (m.integer("v", kIntegerMax) != kManifestVersion) ok = false;
    if (const auto flow = enumOf<Flow>(kFlows, m.text("flow")))
        out.flow = *flow;
    else
        ok = false;
    out.nonce = m.hex<16>("nonce");
    out.created = static_cast<std::int64_t>(m.integer("created", kIntegerMax));
    if (m.has("desk")) out.desk = deskOf(m.at("desk"), ok);
    out.company = m.textOrEmpty("company");
    out.person = m.textOrEmpty("person");
}

json jsonOf(const Manifest &m)
{
    json out = {
        {"v", kManifestVersion},          {"act", std::string(nameOf(m.act))},
        {"flow", nameIn(kFlows, m.flow)}, {"nonce", toHex(m.nonce)},
        {"created", m.created},           {"platform", {{"id", m.platform.id}, {"name", m.platform.name}}}};
    if (m.deadline) out["deadline"] = *m.deadline;
    if (m.project) {
        out["project"] = {{"id", m.project->id}, {"name", m.project->name}};
        addText(out["project"], "package", m.project->package);
    }
    for (const File &file : m.files) {
        json entry = {{"name", file.name}, {"size", file.size}, {"sm3", toHex(file.sm3)}};
        if (file.pages != 0) entry["pages"] = file.pages;
        if (file.c1) entry["c1"] = toHex(*file.c1);
        if (file.envelope) entry["envelope"] = toHex(*file.envelope);
        for (const SealUse &seal : file.seals) {
            json stamp = {{"grant", toHex(seal.grant)}, {"kind", std::string(nameOf(seal.kind))}, {"name", seal.name}, {"purpose", seal.purpose}};
            addText(stamp, "pages", seal.pages);
            addText(stamp, "riding", seal.riding);
            if (seal.electronic) stamp["electronic"] = toHex(*seal.electronic);
            if (seal.style != 0) stamp["style"] = seal.style;
            addText(stamp, "number", seal.number);
            entry["seals"].push_back(std::move(stamp));
        }
        out["files"].push_back(std::move(entry));
    }
    if (m.form) out["form"] = nameIn(kForms, *m.form);
    if (!m.recipients.empty()) out["recipients"] = m.recipients;
    for (const Bytes &key : m.recipientKeys)
        out["recipientKeys"].push_back(toHex(key));
    addText(out, "soleReason", m.soleReason);
    if (m.desk) out["desk"] = {{"id", toHex(m.desk->id)}, {"name", m.desk->name}, {"known", m.desk->known}};
    addText(out, "network", m.network);
    if (m.deskKey) out["deskKey"] = toHex(*m.deskKey);
    if (m.deskPublicKey) out["deskPublicKey"] = toHex(*m.deskPublicKey);
    if (m.csrRequest) {
        const Subject &s = m.csrRequest->subject;
        json subject = {{"c", s.country}, {"o", s.organization}, {"cn", s.commonName}};
        addText(subject, "ou", s.unit);
        addText(subject, "serialNumber", s.serialNumber);
        out["csr"] = {{"subject", std::move(subject)}, {"point", toHex(m.csrRequest->point.bytes())}};
    }
    if (m.encryptRequest)
        out["encryptCertificate"] = {{"acct", toHex(m.encryptRequest->acct)},
                                     {"point", toHex(m.encryptRequest->point)},
                                     {"keyId", toHex(m.encryptRequest->keyId)}};
    addText(out, "company", m.company);
    addText(out, "person", m.person);
    return out;
}

// RFC 8785 for what a manifest holds: sorted members (all names are ASCII), no white space, integers, and text
// in which only the quotation mark and the backslash are escaped.
Bytes canonical(const json &object)
{
    return bytesOf(viewOf(object.dump(-1, ' ', false, json::error_handler_t::replace)));
}

Result<json> parseJson(ByteView bytes)
{
    if (bytes.size() > limits::kManifestMax) return Error(Errc::badInput, "manifest too long");
    json object = json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (object.is_discarded() || !object.is_object()) return Error(Errc::badInput, "not a JSON object");
    return object;
}

Result<void> checkTexts(const Manifest &m)
{
    HUFU_CHECK(checkText(m.platform.id, kShortMax));
    HUFU_CHECK(checkText(m.platform.name, kNameMax));
    if (m.platform.id.empty() || m.platform.name.empty())
        return Error(Errc::badInput, "platform without a name");
    if (m.project) {
        HUFU_CHECK(checkText(m.project->id, kShortMax));
        HUFU_CHECK(checkText(m.project->name, kNameMax));
        HUFU_CHECK(checkText(m.project->package, kNameMax));
    }
    for (const File &file : m.files) {
        HUFU_CHECK(checkText(file.name, kFileNameMax));
        if (file.name.empty()) return Error(Errc::badInput, "file without a name");
        for (const SealUse &seal : file.seals) {
            HUFU_CHECK(checkText(seal.name, kNameMax));
            HUFU_CHECK(checkText(seal.purpose, kNameMax));
            if (seal.name.empty() || seal.purpose.empty()) return Error(Errc::badInput, "seal without a name or purpose");
        }
    }
    for (const std::string &recipient : m.recipients) {
        HUFU_CHECK(checkText(recipient, kNameMax));
        if (recipient.empty()) return Error(Errc::badInput, "recipient without a name");
    }
    HUFU_CHECK(checkText(m.soleReason, Manifest::kSoleReasonMax));
    if (m.desk) HUFU_CHECK(checkText(m.desk->name, kNameMax));
    HUFU_CHECK(checkText(m.network, kNameMax));
    HUFU_CHECK(checkText(m.company, kNameMax));
    HUFU_CHECK(checkText(m.person, kNameMax));
    if (m.csrRequest) {
        const Subject &s = m.csrRequest->subject;
        for (const std::string *text : {&s.country, &s.organization, &s.unit, &s.commonName, &s.serialNumber})
            HUFU_CHECK(checkText(*text, kShortMax));
    }
    return {};
}

Result<void> checkSeals(const File &file, bool electronic)
{
    // GB/T 38540 signs under one seal.
    if (electronic && file.seals.size() != 1) return Error(Errc::badInput, "an electronic signature is of one seal");
    if (file.seals.size() > Manifest::kSealsMax) return Error(Errc::badInput, "too many seals");
    for (std::size_t i = 0; i < file.seals.size(); ++i) {
        const SealUse &seal = file.seals[i];
        const auto fits = [&file](const std::string &pages) { return pages.empty() || isPageList(pages, file.pages); };
        if (seal.electronic.has_value() != electronic) return Error(Errc::badInput, "an electronic seal does not fit the form");
        if (seal.pages.empty() && seal.riding.empty()) return Error(Errc::badInput, "a seal without a place");
        if (!fits(seal.pages) || !fits(seal.riding)) return Error(Errc::badInput, "not pages of the file");
        const bool areDigits = std::ranges::all_of(seal.number, [](char c) { return c >= '0' && c <= '9'; });
        if (seal.style > (seal.kind == SealKind::legalPerson ? 3 : 1)) return Error(Errc::badInput, "style of a seal");
        if (!seal.number.empty() && (seal.style == 0 || seal.number.size() > Manifest::kSealNumberMax || !areDigits)) return Error(Errc::badInput, "number of a seal");
        for (std::size_t j = 0; j < i; ++j)
            if (file.seals[j].grant == seal.grant) return Error(Errc::badInput, "a seal twice");
    }
    return {};
}

} // namespace

std::string_view nameOf(SealKind kind)
{
    return kSealKinds[static_cast<std::size_t>(kind) - 1];
}

std::optional<SealKind> sealKindOf(std::string_view name)
{
    return enumOf<SealKind>(kSealKinds, name);
}

bool isPageList(std::string_view text, std::uint32_t last)
{
    if (text.empty() || text.size() > Manifest::kPageListMax) return false;
    std::uint64_t before = 0; // the last page named so far
    std::size_t at = 0;
    const auto number = [&]() -> std::uint64_t { // 0: none
        const std::size_t start = at;
        std::uint64_t value = 0;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9' && at - start < 9)
            value = value * 10 + static_cast<std::uint64_t>(text[at++] - '0');
        return at == start || text[start] == '0' ? 0 : value;
    };
    while (true) {
        const std::uint64_t from = number();
        if (from <= before) return false;
        before = from;
        if (at < text.size() && text[at] == '-') {
            ++at;
            const std::uint64_t to = number();
            if (to <= from) return false;
            before = to;
        }
        if (at == text.size()) return last == 0 || before <= last;
        if (text[at++] != ',') return false;
    }
}

std::string_view nameOf(Act act)
{
    return infoOf(act).name;
}

std::optional<Act> actOf(std::string_view name)
{
    for (const ActInfo &info : kActs)
        if (info.name == name) return info.act;
    return std::nullopt;
}

Op opOf(Act act)
{
    return infoOf(act).op;
}

std::int64_t userTimeMs(Act act)
{
    return infoOf(act).userTimeMs;
}

std::size_t itemsOf(const Manifest &manifest)
{
    switch (manifest.act) {
    case Act::sign:
    case Act::seal:
    case Act::encrypt:
    case Act::decrypt:
    case Act::probe:
    case Act::rehearseDecrypt:
        return manifest.files.size();
    case Act::pinChange:
        return 0;
    default:
        return 1;
    }
}

Result<Manifest> Manifest::parse(ByteView bytes)
{
    HUFU_TRY(object, parseJson(bytes));
    bool ok = true;
    Manifest out;
    const Members members(object, ok);
    readCommon(members, out, ok);
    readServers(members, out, ok);
    if (!ok || !members.has("platform")) return Error(Errc::badInput, "a member is missing or of another kind");
    HUFU_CHECK(out.check());
    if (!sameBytes(out.encode(), bytes)) return Error(Errc::badInput, "not canonical");
    return out;
}

Result<Manifest> Manifest::fromDraft(ByteView json, const Manifest &base)
{
    HUFU_TRY(object, parseJson(json));
    bool ok = true;
    Manifest out;
    out.platform = base.platform;
    readCommon(Members(object, ok), out, ok);
    if (!ok) return Error(Errc::badInput, "a member is missing or of another kind");
    const auto known = jsonOf(out);
    for (const auto &[name, value] : object.items()) {
        const bool servers = name == "v" || name == "flow" || name == "nonce" || name == "created";
        if (servers || !known.contains(name) || known.at(name) != value)
            return Error(Errc::badInput, "a member that a draft cannot have");
    }
    out.flow = base.flow;
    out.nonce = base.nonce;
    out.created = base.created;
    out.desk = base.desk;
    out.company = base.company;
    out.person = base.person;
    HUFU_CHECK(out.check());
    if (out.encode().size() > limits::kManifestMax) return Error(Errc::badInput, "manifest too long");
    return out;
}

Result<void> Manifest::check() const
{
    const bool own = act >= Act::csr && act <= Act::revoke;
    const bool confirms = act == Act::confirm;
    const bool page = (act == Act::login || confirms) && flow == Flow::page;
    const bool listsFiles = act == Act::sign || act == Act::seal || act == Act::encrypt || act == Act::decrypt;
    const bool oneFile = act == Act::probe || act == Act::rehearseDecrypt || confirms;
    const bool mayHaveProject = listsFiles || act == Act::login;

    if (own != (flow == Flow::phone)) return Error(Errc::badInput, "flow does not fit the act");
    if ((flow == Flow::page && !page) || (confirms && !page)) return Error(Errc::badInput, "flow does not fit the act");
    if (confirms && (company.empty() || person.empty())) return Error(Errc::badInput, "confirmed for nobody");
    if (desk.has_value() != (flow == Flow::desk)) return Error(Errc::badInput, "desk does not fit the flow");
    if (files.size() > limits::kItemsMax || files.empty() == (listsFiles || oneFile) ||
        (oneFile && files.size() != 1))
        return Error(Errc::badInput, "files do not fit the act");
    const auto named = static_cast<std::size_t>(
        std::count_if(files.begin(), files.end(), [](const File &file) { return file.c1.has_value(); }));
    if (named != 0 && (act != Act::decrypt || named != files.size()))
        return Error(Errc::badInput, "c1 does not fit the act");
    if (form.has_value() != (act == Act::sign || act == Act::seal || act == Act::encrypt))
        return Error(Errc::badInput, "form does not fit the act");
    if ((act == Act::encrypt && form != Form::cms) || (act == Act::seal && form != Form::cms && form != Form::ses) ||
        (act == Act::sign && form == Form::ses))
        return Error(Errc::badInput, "form does not fit the act");
    if (recipients.empty() == (act == Act::encrypt) || recipients.size() > limits::kRecipientsMax)
        return Error(Errc::badInput, "recipients do not fit the act");
    if (!recipientKeys.empty() && (act != Act::encrypt || recipientKeys.size() != recipients.size()))
        return Error(Errc::badInput, "recipientKeys do not fit the recipients");
    for (const Bytes &key : recipientKeys)
        if (key.empty() || key.size() > kRecipientKeyMax) return Error(Errc::badInput, "not a key identifier");
    if (!soleReason.empty() && (act != Act::encrypt || recipients.size() != 1))
        return Error(Errc::badInput, "a reason for what is not so");
    if (act != Act::decrypt && std::ranges::any_of(files, [](const File &file) { return file.envelope.has_value(); }))
        return Error(Errc::badInput, "envelope does not fit the act");
    if (act != Act::seal && std::ranges::any_of(files, [](const File &file) { return !file.seals.empty(); }))
        return Error(Errc::badInput, "seals do not fit the act");
    for (const File &file : files)
        HUFU_CHECK(checkSeals(file, form == Form::ses));
    if ((project && !mayHaveProject) || (act == Act::encrypt && !project))
        return Error(Errc::badInput, "project does not fit the act");
    if (deskKey.has_value() != (act == Act::decrypt))
        return Error(Errc::badInput, "deskKey does not fit the act");
    if (deskPublicKey.has_value() != (act == Act::enrol))
        return Error(Errc::badInput, "deskPublicKey does not fit the act");
    if (deskPublicKey && (desk->known || desk->id != deskIdOf(*deskPublicKey)))
        return Error(Errc::badInput, "the desk to enrol is another");
    if (csrRequest.has_value() != (act == Act::csr)) return Error(Errc::badInput, "csr does not fit the act");
    if (encryptRequest.has_value() != (act == Act::encryptCertificate))
        return Error(Errc::badInput, "encryptCertificate does not fit the act");
    if (created < 0 || created >= kTimeEndMs || (deadline && (*deadline < 0 || *deadline >= kTimeEndMs)))
        return Error(Errc::badInput, "a time before 1970 or after 9999");
    if (act == Act::sign && form == Form::bare)
        for (const File &file : files)
            if (file.size > limits::kTbsMax) return Error(Errc::badInput, "too large for a bare signature");
    return checkTexts(*this);
}

Bytes Manifest::encode() const
{
    return canonical(jsonOf(*this));
}

ByteArray<32> Manifest::sm3() const
{
    return crypto::sm3(encode());
}

} // namespace hufu::intent
