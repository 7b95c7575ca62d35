# cmake -DFOLDER=dir -DFILES=a;b -DOUT=file.cpp -DNAME=symbol -DPREFIX=/web/ -P EmbedFolder.cmake: text files as a map from path to C++ string.
set(text "#include <map>\n#include <string>\nnamespace hufu::embedded {\nextern const std::map<std::string, std::string> ${NAME};\nconst std::map<std::string, std::string> ${NAME} = {\n")
foreach(name IN LISTS FILES)
  # As numbers, since a text may hold anything.
  file(READ ${FOLDER}/${name} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" escaped "${hex}")
  string(APPEND text "{\"${PREFIX}${name}\", \"${escaped}\"},\n")
endforeach()
string(APPEND text "};\n}\n")
file(WRITE ${OUT} "${text}")
