pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels
import Hufu.Shell

// A bid before it is sealed: files, project, opening, and who can open it. Or files for people with any software, which have no project.
PageFrame {
    id: root

    required property SealModel model
    readonly property int foundMost: 30
    readonly property bool many: root.model.people.length > 6
    // Of many, whoever is chosen stays in sight, whatever is searched for.
    readonly property var found: {
        const wanted = root.many ? search.text.trim().toLowerCase() : "", first = [], others = [];
        for (let i = 0; i < root.model.people.length; ++i) {
            const person = root.model.people[i];
            if (root.many && (person.own || person.chosen)) first.push({ index: i, person: person });
            else if (person.name.toLowerCase().includes(wanted)) others.push({ index: i, person: person });
        }
        return [...first, ...others];
    }
    readonly property bool alone: !root.model.plain && root.model.chosen === 1
    readonly property bool proposed: root.model.origin !== "" // by a site: not the person's to change
    readonly property bool timeWrong: opening.text.trim() !== "" && isNaN(root.model.timeOf(opening.text).getTime())
    readonly property bool timeOver: !root.proposed && root.model.timeOf(opening.text).getTime() <= Date.now()
    readonly property bool plain: root.model.plain
    readonly property bool readyPlain: root.model.files.length > 0 && root.model.chosen > 0
    readonly property bool ready: root.readyPlain && projectId.text.trim() !== "" && projectName.text.trim() !== ""
                                  && !root.timeWrong && !root.timeOver && (!root.alone || reason.text.trim().length > 1)

    title: root.plain ? qsTr("Encrypt files") : qsTr("Seal a bid")
    subtitle: qsTr("%n file(s)", "", root.model.files.length)
    backVisible: true
    onBack: root.model.cancel()

    Banner {
        objectName: "sealOrigin"
        visible: root.proposed
        Layout.fillWidth: true
        symbol: "globe"
        title: qsTr("Asked for by %1").arg(root.model.origin)
        text: root.model.hint !== "" ? qsTr("It says: %1").arg(root.model.hint) : qsTr("Choose the files yourself. The site sees neither them nor where they are.")
    }
    Banner {
        objectName: "sealPlain"
        visible: root.plain
        Layout.fillWidth: true
        symbol: "lock"
        title: qsTr("Files for people with any software (.p7m)")
        text: qsTr("At most 15 MiB each. Nothing in such a file proves who made it: sign it too where that counts. A bid belongs into “Seal a bid”.")
    }
    Banner {
        objectName: "sealTooMany"
        visible: root.model.tooMany > 0
        Layout.fillWidth: true
        kind: Banner.Danger
        title: qsTr("%n file(s) too many", "", root.model.tooMany)
        text: root.plain ? qsTr("64 files at once. Of those that you chose last none was added.") : qsTr("One bid takes 64 files. Of those that you chose last none was added.")
    }
    Card {
        Layout.fillWidth: true
        visible: !root.proposed || root.model.files.length > 0

        Repeater {
            model: root.model.files

            RowLayout {
                id: file
                required property string modelData
                required property int index
                Layout.fillWidth: true
                spacing: Theme.space.medium

                Icon {
                    implicitWidth: 22
                    implicitHeight: 22
                    name: "file"
                    color: Theme.colour.inkSoft
                }
                Label {
                    Layout.fillWidth: true
                    wrapMode: Text.WrapAnywhere
                    text: file.modelData
                }
                IconButton {
                    objectName: "sealRemove" + file.index
                    symbol: "cross"
                    text: qsTr("Leave out %1").arg(file.modelData)
                    onClicked: root.model.removeFile(file.index)
                }
            }
        }
        Button {
            objectName: "sealAdd"
            visible: !root.proposed || root.model.files.length > 0
            kind: Button.Quiet
            symbol: "file"
            text: qsTr("Add files")
            onClicked: dialog.open()
        }
    }
    Button {
        objectName: "sealChoose"
        visible: root.proposed && root.model.files.length === 0
        Layout.fillWidth: true
        symbol: "file"
        text: qsTr("Choose the files of the bid")
        onClicked: dialog.open()
    }
    TextField {
        id: projectId
        visible: !root.plain
        enabled: !root.proposed
        Binding on text { // what the person has typed stays
            when: root.proposed
            value: root.model.projectId
            restoreMode: Binding.RestoreNone
        }
        Layout.fillWidth: true
        caption: qsTr("Project number")
        field.objectName: "sealProjectId"
        maximumLength: 60
    }
    TextField {
        id: projectName
        visible: !root.plain
        enabled: !root.proposed
        Binding on text {
            when: root.proposed
            value: root.model.projectName
            restoreMode: Binding.RestoreNone
        }
        Layout.fillWidth: true
        caption: qsTr("Project name")
        field.objectName: "sealProjectName"
        maximumLength: 120
    }
    TextField {
        id: lot
        enabled: !root.proposed
        visible: !root.plain && (!root.proposed || root.model.package !== "")
        Binding on text {
            when: root.proposed
            value: root.model.package
            restoreMode: Binding.RestoreNone
        }
        Layout.fillWidth: true
        caption: qsTr("Package or lot, if there is one")
        field.objectName: "sealPackage"
        maximumLength: 120
    }
    TextField {
        id: opening
        visible: !root.plain
        enabled: !root.proposed
        Binding on text {
            when: root.proposed
            value: root.model.opening
            restoreMode: Binding.RestoreNone
        }
        Layout.fillWidth: true
        caption: qsTr("Bid opening, this computer's time")
        placeholder: "2026-12-01 09:30"
        field.objectName: "sealOpening"
        maximumLength: 16
        problem: root.timeWrong ? qsTr("Write it as in 2026-12-01 09:30.") : root.timeOver ? qsTr("That hour is over: look at year and month.") : ""
    }
    Choice {
        objectName: "sealSealer"
        visible: root.model.sealers.length > 1
        Layout.fillWidth: true
        caption: root.plain ? qsTr("Whose colleagues are listed") : qsTr("Who seals, and approves on their phone")
        options: [...root.model.sealers]
        current: root.model.sealer
        onChosen: index => root.model.chooseSealer(index)
    }
    Label {
        Layout.fillWidth: true
        role: Label.Heading
        text: qsTr("Who can open it")
    }
    Banner {
        objectName: "sealAway"
        visible: root.model.away !== 0
        Layout.fillWidth: true
        kind: Banner.Warn
        title: Catalogue.name(root.model.away) + "  " + Catalogue.title(root.model.away, Language.name)
        text: qsTr("Your colleagues cannot be listed now. Add each reader, yourself too, by the file of their certificate: encrypting needs no server.")
    }
    Card {
        Layout.fillWidth: true

        Spinner {
            visible: root.model.loading
            implicitWidth: 28
            implicitHeight: 28
        }
        TextField {
            id: search
            visible: root.many
            Layout.fillWidth: true
            caption: qsTr("Search by name")
            field.objectName: "sealSearch"
            maximumLength: 60
        }
        Repeater {
            model: root.found.slice(0, root.foundMost)

            CheckBox {
                id: box
                required property var modelData
                objectName: "sealPerson" + box.modelData.index
                Layout.fillWidth: true
                enabled: !box.modelData.person.own
                checked: box.modelData.person.chosen
                text: box.modelData.person.own ? qsTr("%1 (you)").arg(box.modelData.person.name) : box.modelData.person.name
                onToggled: root.model.choose(box.modelData.index, box.checked)
            }
        }
        Label {
            objectName: "sealMore"
            visible: root.found.length > root.foundMost
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: qsTr("%n more: search by name", "", root.found.length - root.foundMost)
        }
        Button {
            objectName: "sealReceivers"
            visible: !root.model.loading
            kind: Button.Quiet
            symbol: "file"
            text: qsTr("Add somebody by their certificate's file")
            onClicked: certificates.open()
        }
        Label {
            objectName: "sealReceiversHint"
            visible: !root.model.loading
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: qsTr("Make sure that the certificate is theirs: whoever has its key reads the files.")
        }
    }
    Banner {
        objectName: "sealReceiverProblem"
        visible: root.model.receiverProblem !== 0
        Layout.fillWidth: true
        kind: Banner.Danger
        title: Catalogue.name(root.model.receiverProblem) + "  " + Catalogue.title(root.model.receiverProblem, Language.name)
        text: root.plain ? qsTr("Choose the file of an encrypt certificate that is valid now (.pem, .cer, .crt). Nobody was added for this one.")
                         : qsTr("A bid takes encrypt certificates of this platform's own authority that are valid now (.pem, .cer, .crt). Nobody was added for this one.")
    }
    Banner {
        objectName: "sealAlone"
        visible: root.alone && !root.model.loading
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("Only you could open this bid")
        text: qsTr("If your phone is lost or broken at the opening, the bid stays shut. Choose a colleague, too, if you can.")
    }
    TextField {
        id: reason
        visible: root.alone && !root.model.loading
        Layout.fillWidth: true
        caption: qsTr("Why nobody else? Your phone shows it, and it is signed")
        field.objectName: "sealSoleReason"
        maximumLength: 60
        onTextChanged: root.model.soleReason = reason.text
    }

    foot: Button {
        objectName: "sealNow"
        Layout.fillWidth: true
        symbol: "lock"
        enabled: root.plain ? root.readyPlain : root.ready
        text: root.plain ? qsTr("Encrypt") : qsTr("Seal, and approve on the phone")
        onClicked: {
            if (root.plain)
                root.model.encrypt();
            else
                root.model.seal(projectId.text, projectName.text, lot.text, opening.text);
        }
    }

    FileDialog {
        id: certificates
        fileMode: FileDialog.OpenFiles
        acceptLabel: qsTr("Choose")
        nameFilters: [qsTr("Certificates (*.pem *.cer *.crt *.der *.PEM *.CER *.CRT *.DER)"), qsTr("All files (*)")]
        onAccepted: root.model.addReceivers(certificates.selectedFiles)
    }
    FileDialog {
        id: dialog
        fileMode: FileDialog.OpenFiles
        acceptLabel: qsTr("Choose")
        onAccepted: root.model.addFiles(dialog.selectedFiles)
    }
}
