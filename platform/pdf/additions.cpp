#include "platform/pdf/additions.h"

#include "platform/pdf/effort.h"

#include <algorithm>
#include <map>
#include <set>

namespace hufu::pdf {

namespace {

constexpr int kDepthMax = 32;
constexpr std::size_t kFieldsMax = 20'000;

bool isSame(QPDFObjectHandle a, QPDFObjectHandle b)
{
    const std::string one = a.unparse(), other = b.unparse();
    spendText(one.size() + other.size());
    return one == other;
}

// Whether two dictionaries say the same but for some keys.
bool isSameBut(QPDFObjectHandle a, QPDFObjectHandle b, const std::set<std::string> &but)
{
    if (!a.isDictionary() || !b.isDictionary()) return false;
    std::set<std::string> keys = a.getKeys();
    keys.merge(b.getKeys());
    return std::all_of(keys.begin(), keys.end(), [&](const std::string &key) { return but.count(key) != 0 || isSame(a.getKey(key), b.getKey(key)); });
}

bool isSameEntry(const QPDFXRefEntry &a, const QPDFXRefEntry &b)
{
    if (a.getType() != b.getType()) return false;
    if (a.getType() == 1) return a.getOffset() == b.getOffset();
    if (a.getType() == 2) return a.getObjStreamNumber() == b.getObjStreamNumber() && a.getObjStreamIndex() == b.getObjStreamIndex();
    return true;
}

std::vector<QPDFObjectHandle> itemsOf(QPDFObjectHandle array)
{
    std::vector<QPDFObjectHandle> out;
    for (int i = 0; array.isArray() && i < array.getArrayNItems(); ++i) {
        spend(1);
        out.push_back(array.getArrayItem(i));
    }
    return out;
}

void walk(QPDFObjectHandle field, const std::string &above, const std::string &type, QPDFObjectHandle value, int depth,
          std::set<QPDFObjGen> &seen, std::vector<FormField> &out)
{
    if (!field.isDictionary()) return;
    if (depth > kDepthMax) exceed(); // a signature might be further on
    if (field.isIndirect() && !seen.insert(field.getObjGen()).second) return;
    QPDFObjectHandle ownType = field.getKey("/FT"), ownValue = field.getKey("/V"), name = field.getKey("/T");
    const std::string own = name.isString() ? name.getUTF8Value() : std::string();
    const std::string full = own.empty() ? above : above.empty() ? own : above + "." + own;
    spendText(full.size());
    const std::string typeHere = ownType.isName() ? ownType.getName() : type;
    const QPDFObjectHandle valueHere = ownValue.isNull() ? value : ownValue;
    QPDFObjectHandle kids = field.getKey("/Kids");
    if (kids.isArray() && kids.getArrayNItems() > 0) {
        for (const QPDFObjectHandle &kid : itemsOf(kids))
            walk(kid, full, typeHere, valueHere, depth + 1, seen, out);
        return;
    }
    if (out.size() >= kFieldsMax) exceed();
    out.push_back({field, full, typeHere, valueHere});
}

bool isSigned(FormField &field)
{
    return field.type == "/Sig" && field.value.isDictionary();
}

// Follows the changes from one revision to another and keeps the worst.
class Comparison {
public:
    Comparison(Reader &before, Reader &after) : m_before(before), m_after(after) {}

    Added run()
    {
        if (m_before.trailer().getKey("/Root").getObjGen() != m_after.trailer().getKey("/Root").getObjGen()) return Added::content;
        const auto old = m_before.qpdf().getXRefTable(), now = m_after.qpdf().getXRefTable();
        std::set<QPDFObjGen> changed;
        for (const auto &[object, entry] : now)
            if (const auto it = old.find(object); it != old.end() && !isSameEntry(it->second, entry)) changed.insert(object);
        for (const auto &[object, entry] : old)
            if (now.find(object) == now.end()) return Added::content;
        // What stands in a stream that was written anew may have changed with it.
        std::set<QPDFObjGen> within;
        for (const auto &[object, entry] : now)
            if (entry.getType() == 2 && old.count(object) != 0 && changed.count(QPDFObjGen(entry.getObjStreamNumber(), 0)) != 0) within.insert(object);
        changed.merge(within);
        // What was promised and missing shows up where it is promised.
        const std::set<QPDFObjGen> missing = missingObjects(old);
        for (const auto &[object, entry] : now)
            if (missing.count(object) != 0) return Added::content;

        prepare();
        compareForms();
        comparePages();
        for (const QPDFObjGen &object : changed)
            compareObject(object);
        if (isExceeded()) exceed();
        if (!m_before.isSound() || !m_after.isSound()) worse(Added::content);
        return m_worst;
    }

private:
    // What the objects of the earlier revision refer to, and it does not have. qpdf passes over keys without a value, but
    // remembers every object that it has seen a reference to.
    std::set<QPDFObjGen> missingObjects(const std::map<QPDFObjGen, QPDFXRefEntry> &old)
    {
        for (const auto &[object, entry] : old)
            m_before.qpdf().getObject(object).getTypeCode(); // reads it
        std::set<QPDFObjGen> out;
        for (QPDFObjectHandle &object : m_before.qpdf().getAllObjects())
            if (old.find(object.getObjGen()) == old.end()) out.insert(object.getObjGen());
        return out;
    }

    void worse(Added added) { m_worst = std::max(m_worst, added); }

    static std::size_t signedFields(std::vector<FormField> &fields)
    {
        return static_cast<std::size_t>(std::count_if(fields.begin(), fields.end(), isSigned));
    }

    void prepare()
    {
        auto old = fieldsOf(m_before), now = fieldsOf(m_after);
        m_moreSigned = signedFields(now) > signedFields(old);
        for (FormField &field : now)
            if (isSigned(field) && field.field.isIndirect()) m_signedNow.insert(field.field.getObjGen());
        for (FormField &field : old) {
            if (!field.field.isIndirect()) continue;
            m_fieldsBefore.insert(field.field.getObjGen());
            if (field.type == "/Sig" && !field.value.isDictionary()) m_unsignedBefore.insert(field.field.getObjGen());
        }
        m_root = m_before.root().getObjGen();
        for (const QPDFObjectHandle &page : m_before.pages())
            m_pages.insert(page.getObjGen());
        QPDFObjectHandle information = m_before.trailer().getKey("/Info"), metadata = m_before.root().getKey("/Metadata");
        for (QPDFObjectHandle about : {information, metadata})
            if (about.isIndirect()) m_about.insert(about.getObjGen());
        if (!isSame(information, m_after.trailer().getKey("/Info"))) worse(Added::notes);
    }

    // All of the first list must be in the second, in order, at its beginning. Returns: what is new.
    std::vector<QPDFObjectHandle> compareLists(QPDFObjectHandle before, QPDFObjectHandle after)
    {
        const auto old = itemsOf(before), now = itemsOf(after);
        if (now.size() < old.size() || !std::equal(old.begin(), old.end(), now.begin(), isSame)) {
            worse(Added::content);
            return {};
        }
        return {now.begin() + static_cast<std::ptrdiff_t>(old.size()), now.end()};
    }

    void compareForms()
    {
        QPDFObjectHandle old = m_before.root().getKey("/AcroForm"), now = m_after.root().getKey("/AcroForm");
        if (old.isNull() && now.isNull()) return;
        if (!old.isNull()) {
            if (!isSameBut(old, now, {"/Fields", "/SigFlags", "/NeedAppearances", "/DR", "/DA"})) worse(Added::content);
            // By these a viewer draws fields anew; that it does not any more is no harm.
            else if (!isSameBut(old, now, {"/Fields", "/SigFlags", "/NeedAppearances"}) ||
                     (now.hasKey("/NeedAppearances") && !isSame(old.getKey("/NeedAppearances"), now.getKey("/NeedAppearances"))))
                worse(Added::notes);
        }
        for (QPDFObjectHandle form : {old, now}) {
            if (!form.isDictionary()) continue;
            if (form.isIndirect()) m_compared.insert(form.getObjGen());
            if (form.getKey("/Fields").isIndirect()) m_compared.insert(form.getKey("/Fields").getObjGen());
        }
        const QPDFObjectHandle none = QPDFObjectHandle::newNull();
        for (QPDFObjectHandle field : compareLists(old.isDictionary() ? old.getKey("/Fields") : none, now.isDictionary() ? now.getKey("/Fields") : none))
            worse(field.isDictionary() && field.getKey("/FT").isNameAndEquals("/Sig") ? Added::seals : Added::notes);
    }

    void comparePages()
    {
        const std::vector<QPDFObjectHandle> &old = m_before.pages(), &now = m_after.pages();
        if (!std::equal(old.begin(), old.end(), now.begin(), now.end(), [](const auto &a, const auto &b) { return a.getObjGen() == b.getObjGen(); }))
            return worse(Added::content);
        std::set<std::pair<QPDFObjGen, QPDFObjGen>> lists;
        for (std::size_t i = 0; i < old.size(); ++i) {
            QPDFObjectHandle before = old[i], after = now[i];
            QPDFObjectHandle listBefore = before.getKey("/Annots"), listAfter = after.getKey("/Annots");
            // Pages may share a list.
            if (listBefore.isIndirect() && listAfter.isIndirect() && !lists.insert({listBefore.getObjGen(), listAfter.getObjGen()}).second) continue;
            if (listBefore.isIndirect()) m_compared.insert(listBefore.getObjGen());
            for (QPDFObjectHandle annotation : compareLists(listBefore, listAfter))
                worse(kindOf(annotation));
        }
    }

    Added kindOf(QPDFObjectHandle annotation)
    {
        if (!annotation.isDictionary()) return Added::notes;
        const bool widget = annotation.getKey("/Subtype").isNameAndEquals("/Widget");
        if (widget && annotation.isIndirect() && m_signedNow.count(annotation.getObjGen()) != 0) return Added::seals;
        if (annotation.getKey("/Subtype").isNameAndEquals("/Stamp") && m_moreSigned) return Added::seals;
        return Added::notes;
    }

    void compareObject(const QPDFObjGen &object)
    {
        QPDFObjectHandle old = m_before.qpdf().getObject(object), now = m_after.qpdf().getObject(object);
        const bool streams = old.isStream() || now.isStream();
        if (!streams && old.unparseResolved() == now.unparseResolved()) return;
        if (object == m_root) {
            if (!isSameBut(old, now, {"/AcroForm", "/DSS", "/Extensions"})) worse(Added::content);
            if (!isSame(old.getKey("/DSS"), now.getKey("/DSS"))) worse(Added::validation);
        } else if (m_pages.count(object) != 0) {
            if (!isSameBut(old, now, {"/Annots"})) worse(Added::content);
        } else if (m_compared.count(object) != 0) {
            return;
        } else if (m_about.count(object) != 0) {
            worse(Added::notes);
        } else if (m_unsignedBefore.count(object) != 0 && m_signedNow.count(object) != 0 && isSameBut(old, now, {"/V", "/AP", "/M", "/F", "/MK"})) {
            worse(Added::seals); // a field that waited for its signature
        } else if (m_fieldsBefore.count(object) != 0 && m_unsignedBefore.count(object) == 0 && !old.getKey("/FT").isNameAndEquals("/Sig") &&
                   isSameBut(old, now, {"/V", "/AP", "/AS", "/M"})) {
            worse(Added::notes);
        } else if (streams && old.isStream() && now.isStream() && old.getDict().getKey("/Type").isNameAndEquals("/XRef") &&
                   now.getDict().getKey("/Type").isNameAndEquals("/XRef")) {
            return;
        } else if (streams && old.isStream() && now.isStream() && old.getDict().getKey("/Type").isNameAndEquals("/ObjStm") &&
                   now.getDict().getKey("/Type").isNameAndEquals("/ObjStm")) {
            return; // what is in it was compared
        } else {
            worse(Added::content);
        }
    }

    Reader &m_before, &m_after;
    Added m_worst = Added::nothing;
    bool m_moreSigned = false;
    QPDFObjGen m_root;
    std::set<QPDFObjGen> m_pages, m_compared, m_about, m_fieldsBefore, m_unsignedBefore, m_signedNow;
};

} // namespace

std::vector<FormField> fieldsOf(Reader &reader)
{
    std::vector<FormField> out;
    std::set<QPDFObjGen> seen;
    QPDFObjectHandle form = reader.root().getKey("/AcroForm");
    if (!form.isDictionary()) return out;
    for (const QPDFObjectHandle &field : itemsOf(form.getKey("/Fields")))
        walk(field, {}, {}, QPDFObjectHandle::newNull(), 0, seen, out);
    return out;
}

Added additions(Reader &before, Reader &after)
{
    return Comparison(before, after).run();
}

} // namespace hufu::pdf
