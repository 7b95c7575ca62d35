// What verdicts mean, in sentences for people: Chinese, " / ", English.
#pragma once

#include "app/pdf/judging.h"
#include "shield/audit/listing.h"

#include <QStringList>

namespace hufu::cli {

// Why a certificate is not to be trusted; empty for Fault::none.
QString sentenceOf(x509::Fault fault);
QString sentenceOf(documents::SealFinding finding);
const char *sentenceOf(audit::ListFault fault); // of a line of a log, without its number

// Whether it holds, or why not; then what is to be known of the time of signing, where one is claimed: whose word it is, and whether the certificate
// was revoked since.
QStringList sentencesOf(const documents::Verdict &verdict);
QStringList sentencesOf(const documents::SesVerdict &verdict);
// What several signers come to. In: isOneAsked, one of them is, and the verdict is his.
QString sentenceOf(const std::vector<documents::Verdict> &signers, bool isOneAsked);

// And what was added behind the signature, or why it is none of this document.
QStringList sentencesOf(const pdf_app::SignatureVerdict &verdict);
QString sentenceOf(const pdf_app::PdfVerdict &verdict);

// Each on a line of its own.
void printSentences(const QStringList &sentences);

} // namespace hufu::cli
