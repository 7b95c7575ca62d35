// What the words that judge certificates and signatures share.
#pragma once

#include "app/catalogue/catalogue.h"
#include "app/pdf/codes.h"
#include "shield/documents/verdict.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

namespace hufu::cli {

// Certificates of a PEM or DER file, appended; false and explained if it is none.
bool appendCertificates(const QString &path, std::vector<x509::Certificate> &to);
// Nothing, and explained, if one of the files is not what it should be.
std::optional<x509::Trust> readTrust(const QStringList &roots, const QStringList &chain, const QStringList &lists);

QJsonObject jsonOf(const documents::Verdict &verdict);
// As signers of a report: each signer's verdict by itself.
QJsonArray jsonOf(const std::vector<documents::Verdict> &signers);
using pdf_app::codeOf; // of a verdict that is not valid

// Explains code. Returns: the exit code that goes with it.
int failed(catalogue::Code code, const QString &about);

} // namespace hufu::cli
