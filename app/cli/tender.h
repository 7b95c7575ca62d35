// The tender document of the demo.
#pragma once

#include <QString>

namespace hufu::cli {

// Writes a PDF of three pages, A4. False if it cannot be written.
bool writeTender(const QString &path, const QString &company, const QString &person);

} // namespace hufu::cli
