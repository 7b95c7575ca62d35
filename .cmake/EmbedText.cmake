# cmake -DIN=file -DOUT=file.cpp -DNAME=symbol -P EmbedText.cmake: a text file as a C++ string.
file(READ ${IN} text)
file(WRITE ${OUT} "#include <string>
namespace hufu::embedded {
extern const std::string ${NAME};
const std::string ${NAME} = R\"hufu_text(${text})hufu_text\";
}
")
