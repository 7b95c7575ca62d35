// What refusals and verdicts mean in the catalogue.
#pragma once

#include "app/catalogue/catalogue.h"
#include "platform/pdf/failure.h"
#include "shield/documents/ses_signature.h"
#include "shield/documents/verdict.h"

namespace hufu::pdf_app {

catalogue::Code codeOf(const pdf::Failure &failure);
// Of verdicts that are not valid.
catalogue::Code codeOf(const documents::Verdict &verdict);
catalogue::Code codeOf(const documents::SesVerdict &verdict);

} // namespace hufu::pdf_app
