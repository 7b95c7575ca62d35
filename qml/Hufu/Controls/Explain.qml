pragma Singleton

import QtQuick

// Which failure the person wants explained, from wherever it was shown. The windows lay an Explanation over the page.
QtObject {
    id: root

    property int code: 0 // the number of HF-nnn; 0: none

    function open(failure: int) {
        root.code = failure;
    }
    function close() {
        root.code = 0;
    }
}
