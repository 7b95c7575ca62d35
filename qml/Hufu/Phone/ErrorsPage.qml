pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels
import Hufu.Shell

// The catalogue of errors, to be searched by code or by word.
PageFrame {
    id: root

    required property AsideModel model
    readonly property string wanted: search.text.trim().toLowerCase()
    readonly property list<int> shown: {
        let fitting = [];
        for (const code of Catalogue.codes())
            if (root.fits(code)) fitting.push(code);
        return fitting;
    }

    function fits(code: int): bool {
        const words = Catalogue.name(code) + " " + Catalogue.title(code, Language.name) + " " + Catalogue.cause(code, Language.name);
        return words.toLowerCase().includes(root.wanted);
    }

    title: qsTr("Error codes")
    backVisible: true
    onBack: root.model.close()

    TextField {
        id: search
        Layout.fillWidth: true
        caption: qsTr("Search")
        placeholder: qsTr("HF code or a word")
        field.objectName: "errorsSearch"
    }
    Label {
        visible: root.shown.length === 0
        Layout.fillWidth: true
        soft: true
        text: qsTr("Nothing fits.")
    }
    Card {
        visible: root.shown.length > 0
        Layout.fillWidth: true
        spacing: Theme.space.hair

        Repeater {
            model: root.shown

            ListRow {
                required property int modelData
                objectName: "error" + modelData
                text: Catalogue.title(modelData, Language.name)
                detail: Catalogue.name(modelData)
                onClicked: Explain.open(modelData)
            }
        }
    }
}
