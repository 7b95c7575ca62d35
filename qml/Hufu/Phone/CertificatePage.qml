pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property CertificateModel model
    required property ShieldsModel shields
    required property EvidenceModel evidence // of the activation that was

    turn: other.turn
    turns: other.turns
    title: root.model.fresh ? qsTr("Your shield is ready") : qsTr("Certificate")
    backVisible: !root.model.fresh
    onBack: root.model.close()

    Banner {
        visible: root.model.fresh
        Layout.fillWidth: true
        kind: Banner.Good
        title: qsTr("Activated and rehearsed")
        text: qsTr("Phone and server have signed and decrypted together on trial.")
    }
    Banner {
        objectName: "certificateDesk"
        visible: root.model.fresh
        Layout.fillWidth: true
        title: qsTr("Next: your computer")
        text: qsTr("Start Hufu on the computer that you work at, choose “Enrol this computer” there, then “Scan” on the home page here. Until then you can only log in on web pages.")
    }
    Banner {
        objectName: "certificateFormer"
        visible: root.model.card.former
        Layout.fillWidth: true
        title: qsTr("These keys open only")
        text: qsTr("Newer keys of yours on this phone sign. These stay for what was sealed for them.")
    }
    Banner {
        objectName: "certificateRevoked"
        visible: root.model.revoked
        Layout.fillWidth: true
        kind: Banner.Danger
        title: qsTr("The certificate is revoked")
        text: qsTr("Nobody accepts it any more. What is sealed for it can still be opened here. For another one ask your administrator for a new grant.")
    }
    CertificateCard {
        objectName: "certificateCard"
        visible: other.reads("card")
        Layout.fillWidth: true
        card: root.model.card
        revoked: root.model.revoked
    }
    Card {
        visible: other.reads("card")
        Layout.fillWidth: true

        Fact {
            objectName: "certificatePurpose"
            name: qsTr("Purpose")
            value: Wording.purpose(root.model.card, root.model.revoked)
        }
        Fact {
            objectName: "certificateKeys"
            name: qsTr("Keys")
            value: qsTr("%1 for signatures, SM2 for encryption").arg(root.model.card.signAlgorithm)
        }
        Fact {
            name: qsTr("Issued by")
            value: root.model.card.issuer
        }
        Fact {
            name: qsTr("Signature certificate")
            value: root.model.card.signSerial
            fixed: true
        }
        Fact {
            name: qsTr("Encryption certificate")
            value: root.model.card.encryptSerial
            fixed: true
        }
        Fact {
            name: qsTr("Valid until")
            value: Wording.moment(root.model.card.validTo)
        }
    }
    Label {
        visible: !root.model.fresh && (other.reads("sign") || other.reads("decrypt"))
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: qsTr("On trial phone and server do all that a signature or a decryption needs, and bind nobody.")
    }
    GridLayout {
        visible: !root.model.fresh && (other.reads("sign") || other.reads("decrypt"))
        Layout.fillWidth: true
        columns: Theme.stacked ? 1 : 2
        columnSpacing: Theme.space.medium
        rowSpacing: Theme.space.medium

        Button {
            objectName: "rehearseSign"
            visible: other.reads("sign")
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1 // equally wide
            kind: Button.Plain
            text: qsTr("Trial signature")
            onClicked: root.model.rehearse(false)
        }
        Button {
            objectName: "rehearseDecrypt"
            visible: other.reads("decrypt")
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1 // equally wide
            kind: Button.Plain
            text: qsTr("Trial decryption")
            onClicked: root.model.rehearse(true)
        }
    }

    Button {
        objectName: "certificateRevoke"
        visible: !root.model.fresh && !root.model.revoked && other.reads("revoke")
        Layout.fillWidth: true
        kind: Button.Quiet
        text: qsTr("Revoke the certificate")
        onClicked: root.shields.askRevocation()
    }
    EvidenceRow {
        Layout.fillWidth: true
        model: root.evidence
    }

    foot: [
        OtherWay {
            id: other
            parts: root.model.fresh ? ["card"] : root.model.revoked ? ["card", "sign", "decrypt"] : ["card", "sign", "decrypt", "revoke"]
        },
        Button {
            objectName: root.model.fresh ? "certificateNext" : "certificateRenew"
            visible: root.model.fresh || !(root.model.card.former || root.model.revoked) && other.reads("card")
            Layout.fillWidth: true
            kind: root.model.fresh ? Button.Primary : Button.Plain
            symbol: root.model.fresh ? "" : "key"
            text: root.model.fresh ? qsTr("Go to the home page") : qsTr("Renew or change the phone")
            onClicked: root.model.fresh ? root.model.close() : root.model.openNext()
        }
    ]
}
