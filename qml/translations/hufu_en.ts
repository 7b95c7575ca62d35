<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ApprovePage</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files with one PIN: look at each</source>
        <translation>
            <numerusform>%n file with one PIN: look at it</numerusform>
            <numerusform>%n files with one PIN: look at each</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) until the deadline</source>
        <translation>
            <numerusform>%n hour until the deadline</numerusform>
            <numerusform>%n hours until the deadline</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BidGuard</name>
    <message numerus="yes">
        <source>%n sealed bid(s) would stay shut for good</source>
        <translation>
            <numerusform>%n sealed bid would stay shut for good</numerusform>
            <numerusform>%n sealed bids would stay shut for good</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sealed bid(s) are for others as well</source>
        <translation>
            <numerusform>%n sealed bid is for others as well</numerusform>
            <numerusform>%n sealed bids are for others as well</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sealed bid(s) another phone shield on this phone opens</source>
        <translation>
            <numerusform>%n sealed bid another phone shield on this phone opens</numerusform>
            <numerusform>%n sealed bids another phone shield on this phone opens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BidsPage</name>
    <message numerus="yes">
        <source>%n bid(s)</source>
        <translation>
            <numerusform>%n bid</numerusform>
            <numerusform>%n bids</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CentrePage</name>
    <message numerus="yes">
        <source>%n wrong PIN(s) since it was last changed.</source>
        <translation>
            <numerusform>%n wrong PIN since it was last changed.</numerusform>
            <numerusform>%n wrong PINs since it was last changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on this phone</source>
        <translation>
            <numerusform>%n on this phone</numerusform>
            <numerusform>%n on this phone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeskErrorPage</name>
    <message numerus="yes">
        <source>%n file(s) too many</source>
        <translation>
            <numerusform>%n file too many</numerusform>
            <numerusform>%n files too many</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) that came to nothing</source>
        <translation>
            <numerusform>%n file that came to nothing</numerusform>
            <numerusform>%n files that came to nothing</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiagnosisPage</name>
    <message numerus="yes">
        <source>For %n person(s)</source>
        <translation>
            <numerusform>For %n person</numerusform>
            <numerusform>For %n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ErrorPage</name>
    <message numerus="yes">
        <source>The code that was scanned was %n second(s) old.</source>
        <translation>
            <numerusform>The code that was scanned was %n second old.</numerusform>
            <numerusform>The code that was scanned was %n seconds old.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FactorPage</name>
    <message numerus="yes">
        <source>Send again in %n second(s)</source>
        <translation>
            <numerusform>Send again in %n second</numerusform>
            <numerusform>Send again in %n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) not from this phone</source>
        <translation>
            <numerusform>%n act not from this phone</numerusform>
            <numerusform>%n acts not from this phone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message numerus="yes">
        <source>The certificate ends in %n day(s)</source>
        <translation>
            <numerusform>The certificate ends in %n day</numerusform>
            <numerusform>The certificate ends in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The certificate for %1 ends in %n day(s)</source>
        <translation>
            <numerusform>The certificate for %1 ends in %n day</numerusform>
            <numerusform>The certificate for %1 ends in %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IdentityPage</name>
    <message numerus="yes">
        <source>Send again in %n second(s)</source>
        <translation>
            <numerusform>Send again in %n second</numerusform>
            <numerusform>Send again in %n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Light</name>
    <message numerus="yes">
        <source>The certificate ends in %n day(s)</source>
        <translation>
            <numerusform>The certificate ends in %n day</numerusform>
            <numerusform>The certificate ends in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Locked for %n more minute(s)</source>
        <translation>
            <numerusform>Locked for %n more minute</numerusform>
            <numerusform>Locked for %n more minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n try(ies) left for the PIN</source>
        <translation>
            <numerusform>%n try left for the PIN</numerusform>
            <numerusform>%n tries left for the PIN</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The seat ends in %n day(s)</source>
        <translation>
            <numerusform>The seat ends in %n day</numerusform>
            <numerusform>The seat ends in %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LockedPage</name>
    <message numerus="yes">
        <source>The PIN was wrong %n time(s) in a row.</source>
        <translation>
            <numerusform>The PIN was wrong once.</numerusform>
            <numerusform>The PIN was wrong %n times in a row.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n try(ies) left before the shield freezes</source>
        <translation>
            <numerusform>%n try left before the shield freezes</numerusform>
            <numerusform>%n tries left before the shield freezes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LostEnvelopes</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NextPage</name>
    <message numerus="yes">
        <source>%n sealed bid(s) wait for these keys</source>
        <translation>
            <numerusform>%n sealed bid waits for these keys</numerusform>
            <numerusform>%n sealed bids wait for these keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinDots</name>
    <message numerus="yes">
        <source>%n digit(s) entered</source>
        <translation>
            <numerusform>%n digit entered</numerusform>
            <numerusform>%n digits entered</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinPadPage</name>
    <message numerus="yes">
        <source>%n try(ies) left before the shield freezes</source>
        <translation>
            <numerusform>%n try left before the shield freezes</numerusform>
            <numerusform>%n tries left before the shield freezes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sealed bid(s) wait for this phone. If you are not sure of the PIN, stop here and ask your administrator.</source>
        <translation>
            <numerusform>%n sealed bid waits for this phone. If you are not sure of the PIN, stop here and ask your administrator.</numerusform>
            <numerusform>%n sealed bids wait for this phone. If you are not sure of the PIN, stop here and ask your administrator.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QrPage</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be taken, the others go on</source>
        <translation>
            <numerusform>%n file cannot be taken, the others go on</numerusform>
            <numerusform>%n files cannot be taken, the others go on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordPage</name>
    <message numerus="yes">
        <source>%n file(s) came to nothing.</source>
        <translation>
            <numerusform>%n file came to nothing.</numerusform>
            <numerusform>%n files came to nothing.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message numerus="yes">
        <source>%n file(s) signed. The computer has the signature.</source>
        <translation>
            <numerusform>%n file signed. The computer has the signature.</numerusform>
            <numerusform>%n files signed. The computer has the signatures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) opened for the computer alone.</source>
        <translation>
            <numerusform>%n file opened for the computer alone.</numerusform>
            <numerusform>%n files opened for the computer alone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) sealed. Now test whether this phone will open them in their hour.</source>
        <translation>
            <numerusform>%n file sealed. Now test whether this phone will open it in its hour.</numerusform>
            <numerusform>%n files sealed. Now test whether this phone will open them in their hour.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SealPage</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more: search by name</source>
        <translation>
            <numerusform>%n more: search by name</numerusform>
            <numerusform>%n more: search by name</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) too many</source>
        <translation>
            <numerusform>%n file too many</numerusform>
            <numerusform>%n files too many</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SealedBids</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message numerus="yes">
        <source>%n allowed</source>
        <translation>
            <numerusform>%n allowed</numerusform>
            <numerusform>%n allowed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShieldRow</name>
    <message numerus="yes">
        <source>%n sealed bid(s) wait</source>
        <translation>
            <numerusform>%n sealed bid waits</numerusform>
            <numerusform>%n sealed bids wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StampPage</name>
    <message numerus="yes">
        <source>%n signature(s) already</source>
        <translation>
            <numerusform>Signed once already</numerusform>
            <numerusform>%n signatures already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stamp %n PDFs</source>
        <translation>
            <numerusform>Stamp %n PDF</numerusform>
            <numerusform>Stamp %n PDFs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seal(s) on it</source>
        <translation>
            <numerusform>%n seal on it</numerusform>
            <numerusform>%n seals on it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message numerus="yes">
        <source>%n sealed bids are to be opened, the first at %1.</source>
        <translation>
            <numerusform>%n sealed bid is to be opened, the first at %1.</numerusform>
            <numerusform>%n sealed bids are to be opened, the first at %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wrong PIN(s) since it was last changed. At 30 this shield can no longer sign. If that was not you, tell your administrator.</source>
        <translation>
            <numerusform>%n wrong PIN since it was last changed. At 30 this shield can no longer sign. If that was not you, tell your administrator.</numerusform>
            <numerusform>%n wrong PINs since it was last changed. At 30 this shield can no longer sign. If that was not you, tell your administrator.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
</TS>
