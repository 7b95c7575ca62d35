// The subject of the device's certificates, as vault::Device keeps it.
#pragma once

#include "shield/intent/manifest.h"

namespace hufu::phone {

inline Bytes subjectBytes(const intent::Subject &subject)
{
    Writer writer;
    for (const std::string *text :
         {&subject.country, &subject.organization, &subject.unit, &subject.commonName, &subject.serialNumber})
        writer.text(*text);
    return writer.take();
}

// Errors: badInput.
inline Result<intent::Subject> subjectFrom(ByteView bytes)
{
    Reader reader(bytes);
    intent::Subject out;
    for (std::string *text : {&out.country, &out.organization, &out.unit, &out.commonName, &out.serialNumber})
        *text = reader.text();
    HUFU_CHECK(reader.finish());
    return out;
}

} // namespace hufu::phone
