pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels
import Hufu.Shell

// Choosing a PIN, and entering it a second time.
PageFrame {
    id: root

    required property PinModel model
    property bool covered: false // somebody records the screen
    readonly property bool repeating: root.model.purpose === PinModel.Repeat || root.model.purpose === PinModel.ChangeRepeat
    readonly property string weaknessText: {
        switch (root.model.weakness) {
        case PinModel.TooShort: return qsTr("Too short: at least 6 digits.");
        case PinModel.OneDigit: return qsTr("One digit repeated is guessed at once.");
        case PinModel.Steps: return qsTr("Digits that go up or down one by one are guessed at once.");
        case PinModel.Repeated: return qsTr("A short pattern that repeats is guessed quickly.");
        case PinModel.Birthday: return qsTr("Your birthday is known to others.");
        case PinModel.PhoneTail: return qsTr("The end of your phone number is known to others.");
        case PinModel.Common: return qsTr("This is one of the commonest PINs.");
        default: return "";
        }
    }

    component Rule: RowLayout {
        id: rule
        required property string text
        property bool met: false
        property bool broken: false
        readonly property string said: rule.text + ". " + (rule.met ? qsTr("Met") : rule.broken ? qsTr("Not met") : "")
        Layout.fillWidth: true
        spacing: Theme.space.small
        Accessible.role: Accessible.StaticText
        Accessible.name: rule.said

        Icon {
            Layout.alignment: Qt.AlignTop
            implicitWidth: Theme.px(18)
            implicitHeight: Theme.px(18)
            name: rule.met ? "check" : rule.broken ? "alert" : "shield"
            color: rule.met ? Theme.colour.good : rule.broken ? Theme.colour.danger : Theme.colour.inkFaint
        }
        Label {
            Layout.fillWidth: true
            role: Label.Small
            soft: !rule.broken
            color: rule.broken ? Theme.colour.danger : soft ? Theme.colour.inkSoft : Theme.colour.ink
            text: rule.text
            Accessible.ignored: true
        }
    }

    title: root.repeating ? qsTr("Enter the PIN again") : root.model.purpose === PinModel.ChangeNew ? qsTr("Choose a new PIN") : qsTr("Choose a PIN")
    backVisible: true
    onBack: root.model.cancel()
    givesKeyboard: true
    Component.onCompleted: pad.forceActiveFocus()

    RecordedBanner {
        visible: root.covered
    }
    Label {
        Layout.fillWidth: true
        soft: true
        text: root.repeating ? qsTr("The same digits once more, so that no slip stays in.")
                             : qsTr("You enter it for each approval. Nobody can read it back, not even the server.")
    }
    PinDots {
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: Theme.space.small
        Layout.bottomMargin: Theme.space.small
        length: root.model.length
        least: root.model.least
    }
    Banner {
        id: weak
        objectName: "weakness"
        visible: root.weaknessText !== "" && root.model.length === 0
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("Choose another PIN")
        text: root.weaknessText

        Button {
            objectName: "weaknessExplain"
            x: -Theme.space.medium
            width: Math.min(implicitWidth, weak.room + Theme.space.medium)
            kind: Button.Quiet
            text: qsTr("%1: what to do").arg(Catalogue.name(root.model.weaknessCode))
            onClicked: Explain.open(root.model.weaknessCode)
        }
    }
    ProblemBanner {
        Layout.fillWidth: true
        visible: code !== 0 && root.weaknessText === "" && root.model.length === 0
        code: root.model.problem
    }
    ColumnLayout {
        visible: !root.repeating
        Layout.fillWidth: true
        spacing: Theme.space.hair

        Rule {
            objectName: "ruleLength"
            met: root.model.ready
            text: qsTr("6 to 12 digits")
        }
        Rule {
            objectName: "rulePlain"
            met: root.model.ready && !broken
            broken: root.model.typed === PinModel.OneDigit || root.model.typed === PinModel.Steps || root.model.typed === PinModel.Repeated || root.model.typed === PinModel.Common
            text: qsTr("No repeats and no sequences, such as 111111, 123456, 121212")
        }
        Rule {
            objectName: "ruleOwn"
            met: root.model.ready && (root.model.typed === PinModel.Strong || root.model.typed === PinModel.Common)
            broken: root.model.typed === PinModel.Birthday || root.model.typed === PinModel.PhoneTail
            text: qsTr("Not your birthday, and not the end of your phone number")
        }
    }

    foot: PinPad {
        id: pad
        Layout.fillWidth: true
        ready: root.model.ready
        covered: root.covered
        onPressed: digit => root.model.press(digit)
        onErased: root.model.erase()
        onSubmitted: root.model.submit()
    }
}
