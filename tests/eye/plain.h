// The readers as they come, with one call and one look at the raw picture: what ours has to be better than.
#pragma once

#include <QImage>

#include <string>
#include <vector>

namespace hufu::tests {

// In: Format_Grayscale8. The texts of all QR codes that were found.
std::vector<std::string> plainZxing(const QImage &grey); // with all that its hints can try
std::vector<std::string> plainZbar(const QImage &grey);

} // namespace hufu::tests
