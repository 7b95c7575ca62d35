<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AgreementsPage</name>
    <message>
        <source>Agreements</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>I have read the agreements and accept them</source>
        <translation>我已阅读并同意以上协议</translation>
    </message>
    <message>
        <source>Accept and continue</source>
        <translation>同意并继续</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Certificate holder</source>
        <translation>证书持有人</translation>
    </message>
</context>
<context>
    <name>ApprovePage</name>
    <message>
        <source>This computer is not one of yours</source>
        <translation>这台电脑不在您的登记名单中</translation>
    </message>
    <message>
        <source>Go on only if you sit at it now and started this yourself. Somebody may have sent you this code.</source>
        <translation>只有您本人正坐在这台电脑前、并且是您自己发起的，才可以继续。这个二维码可能是别人发给您的。</translation>
    </message>
    <message>
        <source>Type these digits on the computer</source>
        <translation>请在电脑上输入这组数字</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Include this file</source>
        <translation>包含此文件</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未登记</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新电脑</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>已登记</translation>
    </message>
    <message>
        <source>The code was shown by a web page.</source>
        <translation>二维码由网页显示。</translation>
    </message>
    <message>
        <source>Computer&apos;s number</source>
        <translation>电脑编号</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>发起时间</translation>
    </message>
    <message>
        <source>After approving you pass a face check and enter your PIN.</source>
        <translation>批准后需要刷脸并输入 PIN。</translation>
    </message>
    <message>
        <source>After approving you enter a code from an SMS and your PIN.</source>
        <translation>批准后需要输入短信验证码和 PIN。</translation>
    </message>
    <message>
        <source>I did not start this</source>
        <translation>不是我发起的</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Look twice</source>
        <translation>请多看一眼</translation>
    </message>
    <message>
        <source>A computer that has never asked you before</source>
        <translation>这台电脑第一次向您发起请求</translation>
    </message>
    <message>
        <source>A web page showed the code, not the desktop client</source>
        <translation>二维码来自网页，不是电脑端</translation>
    </message>
    <message>
        <source>First time: this phone has approved nothing for this platform yet</source>
        <translation>首次使用：本机还没有为该平台批准过任何操作</translation>
    </message>
    <message numerus="yes">
        <source>%n files with one PIN: look at each</source>
        <translation>
            <numerusform>一次 PIN 办理 %n 个文件，请逐个核对</numerusform>
        </translation>
    </message>
    <message>
        <source>Less than an hour until the deadline</source>
        <translation>距截止时间不到 1 小时</translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) until the deadline</source>
        <translation>
            <numerusform>距截止时间还有 %n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is signed, and the server is told that it was not you.</source>
        <translation>不会签署任何内容，并告知服务器这不是您发起的。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Go on (%1 of %2)</source>
        <translation>继续（%1/%2）</translation>
    </message>
    <message>
        <source>Chosen for you</source>
        <translation>已自动选择证书</translation>
    </message>
    <message>
        <source>This computer belongs to another of your certificates, so that one was taken. Its own PIN counts.</source>
        <translation>这台电脑登记在您的另一个证书下，已自动改用该证书。请输入它的 PIN。</translation>
    </message>
    <message>
        <source>Its opening hour has not come: %1. Whoever opens it now reads the bid before then.</source>
        <translation>尚未到开标时间：%1。现在解密，就会提前看到投标文件内容。</translation>
    </message>
    <message>
        <source>This computer&apos;s first request to this phone</source>
        <translation>这台电脑首次向本手机发起请求</translation>
    </message>
    <message>
        <source>The hour of the bid opening is over</source>
        <translation>开标时间已过</translation>
    </message>
    <message>
        <source>The deadline is over</source>
        <translation>截止时间已过</translation>
    </message>
    <message>
        <source>What you confirm</source>
        <translation>您要确认的内容</translation>
    </message>
    <message>
        <source>What is opened on trial</source>
        <translation>试解密的内容</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>BidGuard</name>
    <message numerus="yes">
        <source>%n sealed bid(s) would stay shut for good</source>
        <translation>
            <numerusform>%n 份已加密的投标文件将永远无法解密</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody else can open what is listed here. Wait until the openings are over.</source>
        <translation>以下投标文件没有其他人能解密。请等到开标结束。</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>开标时间</translation>
    </message>
    <message>
        <source>No opening hour is known</source>
        <translation>开标时间未知</translation>
    </message>
    <message numerus="yes">
        <source>%n sealed bid(s) are for others as well</source>
        <translation>
            <numerusform>%n 份已加密的投标文件别人也有权解密</numerusform>
        </translation>
    </message>
    <message>
        <source>Whether their phone shields still open nobody has asked. Ask them first.</source>
        <translation>他们的手机盾是否仍能使用，没有人核实过。请先向他们确认。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%n sealed bid(s) another phone shield on this phone opens</source>
        <translation>
            <numerusform>%n 份已加密的投标文件可由本机的另一个手机盾解密</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep that one until the openings are over.</source>
        <translation>开标结束前请保留那个手机盾。</translation>
    </message>
    <message>
        <source>The list of sealed bids was never fetched</source>
        <translation>从未获取过已加密的投标文件列表</translation>
    </message>
    <message>
        <source>The list of sealed bids is of %1</source>
        <translation>已加密的投标文件列表的时间是 %1</translation>
    </message>
    <message>
        <source>Nobody knows what was sealed for this phone shield since. Its keys may be the only ones that open it. Connect to the server: the list is fetched by itself.</source>
        <translation>此后有没有投标文件为此手机盾加密，无从得知；它的密钥可能是唯一能解密的。请连接服务器，列表会自动获取。</translation>
    </message>
    <message>
        <source>To go on all the same, type the number of the project that opens first</source>
        <translation>如仍要继续，请输入最先开标的项目编号</translation>
    </message>
    <message>
        <source>To go on all the same, type %1</source>
        <translation>如仍要继续，请输入 %1</translation>
    </message>
    <message>
        <source>That is not the number.</source>
        <translation>编号不对。</translation>
    </message>
    <message>
        <source>Type %1 as it stands above.</source>
        <translation>请照上面输入 %1。</translation>
    </message>
</context>
<context>
    <name>BidPage</name>
    <message>
        <source>Until the opening</source>
        <translation>距开标</translation>
    </message>
    <message>
        <source>Its hour has come</source>
        <translation>已到开标时间</translation>
    </message>
    <message>
        <source>Open it at the computer</source>
        <translation>请在电脑上解密</translation>
    </message>
    <message>
        <source>Only you can open it</source>
        <translation>只有您能解密</translation>
    </message>
    <message>
        <source>Without this phone and its PIN it stays shut for good. Keep both at hand until the opening.</source>
        <translation>没有这台手机和它的 PIN，这份投标文件将永远无法解密。开标前请把两者都保管好。</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>项目编号</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>标段</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>开标时间</translation>
    </message>
    <message>
        <source>No opening hour is known</source>
        <translation>未注明开标时间</translation>
    </message>
    <message>
        <source>Who can open it</source>
        <translation>可以解密的人</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Why nobody else</source>
        <translation>为什么没有其他人</translation>
    </message>
    <message>
        <source>Last test on this phone</source>
        <translation>本机上次试解密</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>加密时间</translation>
    </message>
    <message>
        <source>by a colleague</source>
        <translation>由同事加密</translation>
    </message>
    <message>
        <source>Test now</source>
        <translation>立即试解密</translation>
    </message>
</context>
<context>
    <name>BidRow</name>
    <message>
        <source>Opening %1</source>
        <translation>开标 %1</translation>
    </message>
    <message>
        <source>No opening hour is known</source>
        <translation>未注明开标时间</translation>
    </message>
    <message>
        <source>Test due</source>
        <translation>该试解密了</translation>
    </message>
    <message>
        <source>Open now</source>
        <translation>现在解密</translation>
    </message>
</context>
<context>
    <name>BidsPage</name>
    <message>
        <source>Sealed bids</source>
        <translation>已加密的投标文件</translation>
    </message>
    <message>
        <source>Nothing yet. What you seal, or others for you, is listed here until its opening.</source>
        <translation>暂无。您加密的、或同事加密给您的投标文件，开标前都列在这里。</translation>
    </message>
    <message numerus="yes">
        <source>%n bid(s)</source>
        <translation>
            <numerusform>%n 份投标文件</numerusform>
        </translation>
    </message>
    <message>
        <source>, as the server told %1</source>
        <translation>，服务器于 %1 提供</translation>
    </message>
</context>
<context>
    <name>CareBanner</name>
    <message>
        <source>This shield can no longer sign</source>
        <translation>此手机盾已不能签名</translation>
    </message>
    <message>
        <source>Change the PIN soon</source>
        <translation>请尽快修改 PIN</translation>
    </message>
</context>
<context>
    <name>CentrePage</name>
    <message>
        <source>Me</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>修改 PIN</translation>
    </message>
    <message numerus="yes">
        <source>%n wrong PIN(s) since it was last changed.</source>
        <translation>
            <numerusform>上次修改后已输错 %n 次。</numerusform>
        </translation>
    </message>
    <message>
        <source>Records</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language, light or dark, large type</source>
        <translation>语言、深浅色、大字体</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>自检</translation>
    </message>
    <message>
        <source>Agreements</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Server %1</source>
        <translation>服务器 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n on this phone</source>
        <translation>
            <numerusform>本手机上共 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Phone shields</source>
        <translation>手机盾</translation>
    </message>
    <message>
        <source>Companies and certificates on this phone</source>
        <translation>本机的企业与证书</translation>
    </message>
    <message>
        <source>Activate now</source>
        <translation>立即开通</translation>
    </message>
    <message>
        <source>No more fit on this phone</source>
        <translation>本机已无法再添加</translation>
    </message>
    <message>
        <source>One more phone shield, for another company</source>
        <translation>为另一家企业再开通一个手机盾</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Take this phone shield off the phone</source>
        <translation>从本机移除此手机盾</translation>
    </message>
    <message>
        <source>Computers</source>
        <translation>电脑</translation>
    </message>
    <message>
        <source>Which may ask you, and their removal</source>
        <translation>哪些电脑可以请您签名，以及移除</translation>
    </message>
</context>
<context>
    <name>CertificateCard</name>
    <message>
        <source>Valid %1 to %2</source>
        <translation>有效期 %1 至 %2</translation>
    </message>
    <message>
        <source>Staff certificate · %1</source>
        <translation>企业员工证书 · %1</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>已吊销</translation>
    </message>
</context>
<context>
    <name>CertificatePage</name>
    <message>
        <source>Your shield is ready</source>
        <translation>手机盾已就绪</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Activated and rehearsed</source>
        <translation>已开通并通过演练</translation>
    </message>
    <message>
        <source>Phone and server have signed and decrypted together on trial.</source>
        <translation>手机与服务器已共同完成一次试签名和一次试解密。</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>颁发机构</translation>
    </message>
    <message>
        <source>Signature certificate</source>
        <translation>签名证书</translation>
    </message>
    <message>
        <source>Encryption certificate</source>
        <translation>加密证书</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Trial signature</source>
        <translation>试签名</translation>
    </message>
    <message>
        <source>Trial decryption</source>
        <translation>试解密</translation>
    </message>
    <message>
        <source>Go to the home page</source>
        <translation>进入首页</translation>
    </message>
    <message>
        <source>On trial phone and server do all that a signature or a decryption needs, and bind nobody.</source>
        <translation>演练会走完签名或解密的全部步骤，但不产生任何法律效力。</translation>
    </message>
    <message>
        <source>Renew or change the phone</source>
        <translation>更新证书或更换手机</translation>
    </message>
    <message>
        <source>These keys open only</source>
        <translation>此密钥仅可解密</translation>
    </message>
    <message>
        <source>Newer keys of yours on this phone sign. These stay for what was sealed for them.</source>
        <translation>本机上您的新密钥负责签名。旧密钥保留，用于解密此前为其加密的文件。</translation>
    </message>
    <message>
        <source>Next: your computer</source>
        <translation>下一步：登记电脑</translation>
    </message>
    <message>
        <source>Start Hufu on the computer that you work at, choose “Enrol this computer” there, then “Scan” on the home page here. Until then you can only log in on web pages.</source>
        <translation>在您办公的电脑上启动虎符，选择“登记这台电脑”，再在本机首页点“扫一扫”。在此之前您只能在网页上登录。</translation>
    </message>
    <message>
        <source>The certificate is revoked</source>
        <translation>证书已吊销</translation>
    </message>
    <message>
        <source>Nobody accepts it any more. What is sealed for it can still be opened here. For another one ask your administrator for a new grant.</source>
        <translation>它不再被任何平台接受。为它加密的文件在本机仍可解密。需要新证书，请让管理员重新授权。</translation>
    </message>
    <message>
        <source>Revoke the certificate</source>
        <translation>吊销证书</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>%1 for signatures, SM2 for encryption</source>
        <translation>签名用 %1，加密用 SM2</translation>
    </message>
</context>
<context>
    <name>ConnectionStrip</name>
    <message>
        <source>The connection broke</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>还没有收到回应</translation>
    </message>
    <message>
        <source>Reconnecting automatically.</source>
        <translation>正在自动重新连接。</translation>
    </message>
    <message>
        <source>The network may be slow. The phone keeps trying.</source>
        <translation>网络可能较慢，手机会自动继续尝试。</translation>
    </message>
    <message>
        <source>Nothing has been signed.</source>
        <translation>没有签署任何内容。</translation>
    </message>
    <message>
        <source>Nothing has been signed. You can enter the PIN meanwhile.</source>
        <translation>没有签署任何内容，您可以先输入 PIN。</translation>
    </message>
    <message>
        <source>Nothing is done twice, and you are told how it ended.</source>
        <translation>已完成的步骤不会重复执行，结果会告诉您。</translation>
    </message>
    <message>
        <source>Nothing is lost.</source>
        <translation>没有任何内容丢失。</translation>
    </message>
</context>
<context>
    <name>CountdownBar</name>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
</context>
<context>
    <name>DeskErrorPage</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Get help</source>
        <translation>获取帮助</translation>
    </message>
    <message>
        <source>Sealed for %1</source>
        <translation>这是加密给 %1 的</translation>
    </message>
    <message>
        <source>One of them has to enrol this computer and scan, or open it at their own.</source>
        <translation>请其中一位登记这台电脑后扫码，或在自己的电脑上打开。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) too many</source>
        <translation>
            <numerusform>多选了 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>None of them was taken. Choose at most 64 at once, and the others after that.</source>
        <translation>一个也没有选入。一次最多选 64 个，其余的之后再选。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) that came to nothing</source>
        <translation>
            <numerusform>%n 个文件没有完成</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeskLinkPage</name>
    <message>
        <source>Connect to your platform</source>
        <translation>连接平台</translation>
    </message>
    <message>
        <source>This computer does not know yet where your platform&apos;s Hufu server is. A link says so: it begins with hufu://desk.</source>
        <translation>这台电脑还不知道平台的虎符服务器在哪里。平台给出的链接会告诉它：链接以 hufu://desk 开头。</translation>
    </message>
    <message>
        <source>You find it on your platform&apos;s page “Client and drivers”, under “After the download”. Copy it there and paste it here.</source>
        <translation>链接在平台的“客户端和驱动”页，“下载以后”一栏。请在那里复制，粘贴到这里。</translation>
    </message>
    <message>
        <source>Desk link</source>
        <translation>电脑端链接</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器……</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
</context>
<context>
    <name>DeskLinkWindow</name>
    <message>
        <source>Hufu desk</source>
        <translation>虎符电脑端</translation>
    </message>
</context>
<context>
    <name>DesksPage</name>
    <message>
        <source>Computers</source>
        <translation>电脑</translation>
    </message>
    <message>
        <source>These may ask you for signatures, seals and decryptions. Remove what you do not know, or do not use any more.</source>
        <translation>这些电脑可以请您签名、盖章和解密。不认识的、不再使用的，请移除。</translation>
    </message>
    <message>
        <source>No computer is enrolled.</source>
        <translation>还没有登记电脑。</translation>
    </message>
    <message>
        <source>Since %1</source>
        <translation>登记于 %1</translation>
    </message>
    <message>
        <source>Number %1</source>
        <translation>编号 %1</translation>
    </message>
    <message>
        <source>It can then ask you for nothing, not even for what you have scanned already, until you enrol it again.</source>
        <translation>移除后它不能再向您发起任何操作，已扫码的也不行；要用须重新登记。</translation>
    </message>
    <message>
        <source>Yes, remove it</source>
        <translation>确定移除</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Waits for your company&apos;s administrator. Until then it may ask you for nothing.</source>
        <translation>等待贵公司管理员批准；在此之前它不能向您发起任何操作。</translation>
    </message>
</context>
<context>
    <name>DiagnosisPage</name>
    <message>
        <source>Connection to the server</source>
        <translation>服务器连接</translation>
    </message>
    <message>
        <source>The server&apos;s key</source>
        <translation>服务器密钥</translation>
    </message>
    <message>
        <source>This phone&apos;s clock</source>
        <translation>本机时间</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储空间</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Answers after %1 ms</source>
        <translation>%1 毫秒内应答</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>没有应答</translation>
    </message>
    <message>
        <source>The one from the activation, over TLS 1.3</source>
        <translation>与开通时一致（TLS 1.3）</translation>
    </message>
    <message>
        <source>Another one: do not go on</source>
        <translation>与开通时不同，请勿继续</translation>
    </message>
    <message>
        <source>%1 s from the server&apos;s</source>
        <translation>与服务器相差 %1 秒</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>自检</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>This computer&apos;s clock</source>
        <translation>这台电脑的时间</translation>
    </message>
    <message>
        <source>Enrolment</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Folder and disk</source>
        <translation>文件夹和磁盘</translation>
    </message>
    <message>
        <source>Protection of this computer&apos;s key</source>
        <translation>本机密钥的保护</translation>
    </message>
    <message>
        <source>Port for web pages</source>
        <translation>供网页访问的端口</translation>
    </message>
    <message>
        <source>The pinned one</source>
        <translation>与预先记录的一致</translation>
    </message>
    <message>
        <source>Not enrolled</source>
        <translation>没有登记</translation>
    </message>
    <message numerus="yes">
        <source>For %n person(s)</source>
        <translation>
            <numerusform>登记了 %n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>已登记</translation>
    </message>
    <message>
        <source>Can be written</source>
        <translation>可以写入</translation>
    </message>
    <message>
        <source>Cannot be written, or hardly anything is free</source>
        <translation>不能写入，或几乎没有剩余空间</translation>
    </message>
    <message>
        <source>No web page can reach Hufu</source>
        <translation>网页无法连接虎符</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>What is copied</source>
        <translation>复制的内容</translation>
    </message>
    <message>
        <source>The file has the log besides: what was asked of the server, when, and how it ended. Names, files, numbers and keys are in neither.</source>
        <translation>导出的文件另含日志：何时向服务器请求了什么，结果如何。两者都不含姓名、文件名、号码和密钥。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Paste it into your message to support.</source>
        <translation>请粘贴到发给客服的消息里。</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Save report and log (zip)</source>
        <translation>导出报告和日志（zip）</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Sees a picture of %1 pixels across</source>
        <translation>画面正常，宽 %1 像素</translation>
    </message>
    <message>
        <source>Shows nothing: read the code from a picture or a paste</source>
        <translation>没有画面：可从图片或粘贴读取二维码</translation>
    </message>
    <message>
        <source>It does not open what it sealed, or others can read it</source>
        <translation>打不开自己封存的内容，或其他用户也能读取</translation>
    </message>
    <message>
        <source>In this desktop&apos;s keyring, which your log-in opens; a copy of the folder has no key</source>
        <translation>在桌面的密钥环里，登录桌面时打开；只复制文件夹得不到这把密钥</translation>
    </message>
    <message>
        <source>A file in its folder that this user alone can read; whoever copies the folder has the key</source>
        <translation>在它的文件夹里，只有当前用户可读的文件；复制了这个文件夹的人就有这把密钥</translation>
    </message>
    <message>
        <source>The server&apos;s name</source>
        <translation>服务器名称</translation>
    </message>
    <message>
        <source>The server&apos;s version</source>
        <translation>服务器版本</translation>
    </message>
    <message>
        <source>This phone&apos;s versions</source>
        <translation>本机版本</translation>
    </message>
    <message>
        <source>Nobody knows it: is this phone in a network?</source>
        <translation>查不到这个名称：请检查本机是否已联网</translation>
    </message>
    <message>
        <source>It is a number, %1: no name has to be looked up</source>
        <translation>是数字地址 %1，无需查询域名</translation>
    </message>
    <message>
        <source>Leads to %1, told after %2 ms</source>
        <translation>对应 %1，%2 毫秒内查到</translation>
    </message>
    <message>
        <source>The report for support holds this test with each of its lines, versions, your last 20 acts with time and result, how many PINs were wrong, how account, seat and tries stand at the server, and up to 400 lines of what the app did last. Names, numbers and keys are left out.</source>
        <translation>给客服的报告包含本次自检的每一项、版本、最近 20 次操作的时间和结果、PIN 输错次数、服务器上账号、席位和剩余次数的状态，以及应用最近的运行记录（最多 400 行）。不含姓名、号码和密钥。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Can be written, %1 GB free</source>
        <translation>可以写入，剩余 %1 GB</translation>
    </message>
    <message>
        <source>Cannot be written, or hardly anything is free: %1 GB</source>
        <translation>不能写入，或几乎没有剩余空间：%1 GB</translation>
    </message>
</context>
<context>
    <name>ErrorPage</name>
    <message numerus="yes">
        <source>The code that was scanned was %n second(s) old.</source>
        <translation>
            <numerusform>扫到的二维码已是 %n 秒前的。</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Run the self-test</source>
        <translation>运行自检</translation>
    </message>
    <message>
        <source>This needs the phone of %1.</source>
        <translation>需要用%1的手机扫码。</translation>
    </message>
    <message>
        <source>Get help</source>
        <translation>获取帮助</translation>
    </message>
</context>
<context>
    <name>ErrorsPage</name>
    <message>
        <source>Error codes</source>
        <translation>错误码</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>HF code or a word</source>
        <translation>HF 错误码或关键词</translation>
    </message>
    <message>
        <source>Nothing fits.</source>
        <translation>没有符合的内容。</translation>
    </message>
</context>
<context>
    <name>EvidenceRow</name>
    <message>
        <source>Case %1</source>
        <translation>案件号 %1</translation>
    </message>
    <message>
        <source>Save the evidence of this act</source>
        <translation>保存本次操作的取证记录</translation>
    </message>
    <message>
        <source>Saved: %1. It names nobody and no file.</source>
        <translation>已保存：%1。其中不含姓名和文件名。</translation>
    </message>
    <message>
        <source>Anybody can check it with “hufu verify”, a program that is built from Hufu&apos;s source code; support says where to get it.</source>
        <translation>任何人都可用 hufu verify 核验，该程序由虎符源代码编译，获取方式请咨询客服。</translation>
    </message>
    <message>
        <source>Save in this folder</source>
        <translation>保存到此文件夹</translation>
    </message>
</context>
<context>
    <name>Explanation</name>
    <message>
        <source>What happened</source>
        <translation>问题说明</translation>
    </message>
    <message>
        <source>Back to where you were</source>
        <translation>返回刚才的页面</translation>
    </message>
</context>
<context>
    <name>FactorPage</name>
    <message>
        <source>SMS code</source>
        <translation>短信验证码</translation>
    </message>
    <message>
        <source>This act asks for a code besides your PIN. It was sent to the phone number of your certificate.</source>
        <translation>这项操作除 PIN 外还需要短信验证码，已发送到您证书登记的手机号。</translation>
    </message>
    <message>
        <source>Code of 6 digits</source>
        <translation>6 位验证码</translation>
    </message>
    <message numerus="yes">
        <source>Send again in %n second(s)</source>
        <translation>
            <numerusform>%n 秒后可重新发送</numerusform>
        </translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>FailurePanel</name>
    <message>
        <source>What you can do</source>
        <translation>您可以这样做</translation>
    </message>
</context>
<context>
    <name>FileDialog</name>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>类型</translation>
    </message>
</context>
<context>
    <name>FrozenPage</name>
    <message>
        <source>Nothing is lost</source>
        <translation>数据没有丢失</translation>
    </message>
    <message>
        <source>Go to the home page</source>
        <translation>返回首页</translation>
    </message>
    <message>
        <source>Type the recovery code here, then your PIN: all shares are renewed, and the copy is worth nothing.</source>
        <translation>在此输入恢复码，再输入 PIN：全部密钥分量随即刷新，复制品即告作废。</translation>
    </message>
    <message>
        <source>Enter the code</source>
        <translation>输入恢复码</translation>
    </message>
    <message>
        <source>Your keys stay. If you know the PIN: after the administrator&apos;s approval and an identity check you have three more tries. If you forgot it, more tries do not help: a new grant makes new keys, and sealed bids that only this PIN opens stay shut.</source>
        <translation>密钥没有丢失。记得 PIN：管理员批准并完成身份核验后，您还可以再试 3 次。忘记 PIN：再试也没有用，请重新授权生成新密钥；只能用这个 PIN 解密的投标文件将无法打开。</translation>
    </message>
</context>
<context>
    <name>HealthCard</name>
    <message>
        <source>Server %1</source>
        <translation>服务器 %1</translation>
    </message>
    <message>
        <source>Answers after %1 ms</source>
        <translation>%1 毫秒内应答</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>This computer&apos;s clock</source>
        <translation>这台电脑的时间</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Nothing can be done until it is right: turn on automatic time.</source>
        <translation>时间校准之前什么都不能办：请打开自动设置时间。</translation>
    </message>
    <message>
        <source>Enrolled for</source>
        <translation>登记人</translation>
    </message>
    <message>
        <source>Last log-in from this window</source>
        <translation>最近一次在本窗口登录</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>还没有人</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>In charge</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>用户群</translation>
    </message>
    <message>
        <source>Hotline</source>
        <translation>热线</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Finds what keeps an act from going through; report and log for support</source>
        <translation>查出办不成的原因；给客服的报告和日志</translation>
    </message>
    <message>
        <source>Whom to ask</source>
        <translation>联系谁</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>在线客服</translation>
    </message>
    <message>
        <source>Open the chat in the browser</source>
        <translation>在浏览器中打开在线客服</translation>
    </message>
    <message>
        <source>The server has not told yet whom to ask. Ask your company&apos;s administrator.</source>
        <translation>还没有从服务器得到联系方式。请找贵公司的管理员。</translation>
    </message>
    <message>
        <source>Never tell anybody your PIN or an SMS code. Nobody who helps you needs them.</source>
        <translation>不要把 PIN 或短信验证码告诉任何人。帮您的人都不需要它们。</translation>
    </message>
    <message>
        <source>Send a case to support</source>
        <translation>向客服提交问题</translation>
    </message>
    <message>
        <source>What went wrong? (optional)</source>
        <translation>出了什么问题？（可不填）</translation>
    </message>
    <message>
        <source>Sent with it, besides the last error codes: %1</source>
        <translation>除最近的错误代码外，一并提交：%1</translation>
    </message>
    <message>
        <source>No name, number, file or key.</source>
        <translation>不含姓名、号码、文件和密钥。</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已提交</translation>
    </message>
    <message>
        <source>Name this number when you call:</source>
        <translation>联系客服时请报这个编号：</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>服务时间</translation>
    </message>
</context>
<context>
    <name>HistoryEntryPage</name>
    <message>
        <source>Refused by you</source>
        <translation>您已拒绝</translation>
    </message>
    <message>
        <source>Nothing was signed.</source>
        <translation>没有签署任何内容。</translation>
    </message>
    <message>
        <source>%1: what to do</source>
        <translation>%1：怎么办</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>First file</source>
        <translation>首个文件</translation>
    </message>
    <message>
        <source>Session, manifest and end are the same in its record.</source>
        <translation>服务器记录中的会话、清单和结果与此一致。</translation>
    </message>
    <message>
        <source>Its record names another manifest, or another end. Note the number below and ask the support.</source>
        <translation>服务器记录的清单或结果与此不同。请记下下面的编号并联系客服。</translation>
    </message>
    <message>
        <source>Its records have no such session: it may have been set back to a backup. Note the number below and ask the support.</source>
        <translation>服务器记录中没有这次会话：它可能恢复过备份。请记下下面的编号并联系客服。</translation>
    </message>
    <message>
        <source>It is compared as soon as the server is reached.</source>
        <translation>连上服务器后会自动核对。</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>电脑</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话编号</translation>
    </message>
    <message>
        <source>SM3 of the manifest</source>
        <translation>清单的 SM3</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Of this the phone keeps these lines alone, and no session of the server belongs to it.</source>
        <translation>这条记录只保存在本机，服务器上没有对应的会话。</translation>
    </message>
    <message>
        <source>Saved, it holds what was shown, what was signed and the certificate. Anybody can check it with “hufu verify record FILE”, and the number of the manifest in your company&apos;s log in the console.</source>
        <translation>保存的文件包含当时显示的内容、签名和证书。任何人都可用 hufu verify 命令（record）核验，也可在控制台的企业操作日志中核对清单的 SM3。</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Save this record</source>
        <translation>保存这条记录</translation>
    </message>
    <message>
        <source>The list of its files is not kept on this phone any more, and so it cannot be saved for others to check: the newest ones take its room. Your company&apos;s log in the console has the act.</source>
        <translation>为给新的记录腾出空间，本机已不再保留它的文件清单，因此不能再保存给他人核验。企业控制台的日志里有这次操作。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>What you confirm</source>
        <translation>您要确认的内容</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Records</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Refused or failed</source>
        <translation>拒绝或失败</translation>
    </message>
    <message>
        <source>Nothing yet. What you approve or refuse is listed here.</source>
        <translation>还没有记录。您批准或拒绝的操作会列在这里。</translation>
    </message>
    <message>
        <source>Nothing fits.</source>
        <translation>没有符合的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Save as a table</source>
        <translation>保存为表格</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 等，另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>History</source>
        <translation>办理记录</translation>
    </message>
    <message>
        <source>File, person, project, date or HF code</source>
        <translation>文件、人员、项目、日期或 HF 代码</translation>
    </message>
    <message>
        <source>Nothing yet. What this computer asks phones for is listed here.</source>
        <translation>还没有记录。这台电脑向手机发起的每件事都会列在这里。</translation>
    </message>
    <message>
        <source>Kept on this computer alone, for you alone. The oldest records go first.</source>
        <translation>只保存在这台电脑上，只有您能看。满了以后先删最早的。</translation>
    </message>
    <message>
        <source>Files and signatures stay where they are; only this list goes.</source>
        <translation>文件和签名都不动，只删除这份记录。</translation>
    </message>
    <message>
        <source>Yes, delete the list</source>
        <translation>确定删除记录</translation>
    </message>
    <message>
        <source>Delete the list</source>
        <translation>删除记录</translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) not from this phone</source>
        <translation>
            <numerusform>%n 项操作不是本机所为</numerusform>
        </translation>
    </message>
    <message>
        <source>The server approved them with your keys, and this phone knows nothing of them. Unless you did them on this phone before its data was set back:
1. Have your administrator freeze this phone shield, at once.
2. Change the PIN.
3. Tell the support the numbers below.</source>
        <translation>服务器用您的密钥批准了这些操作，而本机毫不知情。除非是您在本机数据被恢复之前自己做的，否则请：
1. 立即请管理员冻结此手机盾。
2. 修改 PIN。
3. 把下面的编号告诉客服。</translation>
    </message>
    <message>
        <source>The server&apos;s records are not those of before</source>
        <translation>服务器的记录与以前给出的不一致</translation>
    </message>
    <message>
        <source>They were written anew, or their end is gone. Ask the support whether a backup was restored. The records on this phone stay as they are.</source>
        <translation>这些记录被重写过，或末尾缺失。请向客服确认是否恢复过备份。本机的记录保持不变。</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>我知道了</translation>
    </message>
    <message>
        <source>Being compared with the server&apos;s records …</source>
        <translation>正在与服务器的记录核对…</translation>
    </message>
    <message>
        <source>Not compared with the server yet</source>
        <translation>尚未与服务器核对</translation>
    </message>
    <message>
        <source>Compared with the server&apos;s records: %1</source>
        <translation>已与服务器的记录核对：%1</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Platform, project, computer, file, act, date or HF code</source>
        <translation>平台、项目、电脑、文件、操作、日期或 HF 错误码</translation>
    </message>
    <message>
        <source>This phone keeps the newest %1 acts; of older ones among them it may no longer have the list of files. Search and table cover all that it keeps. Your company&apos;s log in the console keeps all.</source>
        <translation>本机保留最近 %1 次操作，其中较早的可能已没有文件清单。搜索和导出的表格涵盖本机保留的全部内容。企业控制台的日志保留所有操作。</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>扫一扫</translation>
    </message>
    <message>
        <source>Log in, sign, open files</source>
        <translation>登录、签名、解密文件</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近记录</translation>
    </message>
    <message>
        <source>Nothing yet. What you approve or refuse is listed here.</source>
        <translation>暂无记录。您批准或拒绝的操作会列在这里。</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>修改 PIN</translation>
    </message>
    <message>
        <source>Hufu phone shield</source>
        <translation>虎符手机盾</translation>
    </message>
    <message>
        <source>All records</source>
        <translation>全部记录</translation>
    </message>
    <message>
        <source>Everything else</source>
        <translation>更多功能</translation>
    </message>
    <message>
        <source>Me: records, settings, help</source>
        <translation>我的：记录、设置、帮助</translation>
    </message>
    <message>
        <source>Sealed bids</source>
        <translation>已加密的投标文件</translation>
    </message>
    <message>
        <source>All sealed bids</source>
        <translation>全部已加密的投标文件</translation>
    </message>
    <message>
        <source>Touch to act for another company</source>
        <translation>点按可切换到其他企业</translation>
    </message>
    <message numerus="yes">
        <source>The certificate ends in %n day(s)</source>
        <translation>
            <numerusform>证书还有 %n 天到期</numerusform>
        </translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>我知道了</translation>
    </message>
    <message>
        <source>Look at the certificate</source>
        <translation>查看证书</translation>
    </message>
    <message numerus="yes">
        <source>The certificate for %1 ends in %n day(s)</source>
        <translation>
            <numerusform>%1的证书还有 %n 天到期</numerusform>
        </translation>
    </message>
    <message>
        <source>Test due</source>
        <translation>待试解密</translation>
    </message>
    <message>
        <source>These keys open only</source>
        <translation>此密钥仅可解密</translation>
    </message>
    <message>
        <source>Choose your newer keys in the list of phone shields for everything else.</source>
        <translation>其他操作请在手机盾列表中选择新的密钥。</translation>
    </message>
    <message>
        <source>Touch to choose your newer keys</source>
        <translation>点按选择您的新密钥</translation>
    </message>
    <message>
        <source>Your former keys are kept: they open what was sealed for them</source>
        <translation>您原来的密钥仍保留：用于解密此前为其加密的内容</translation>
    </message>
    <message>
        <source>The server&apos;s records and this phone&apos;s differ</source>
        <translation>服务器的记录与本机不一致</translation>
    </message>
    <message>
        <source>Something was done with your keys that this phone does not know of, or the records were changed. Look at it now.</source>
        <translation>有人用您的密钥做了本机不知道的操作，或记录被改动过。请马上查看。</translation>
    </message>
    <message>
        <source>Look at the records</source>
        <translation>查看记录</translation>
    </message>
    <message>
        <source>Next: your computer</source>
        <translation>下一步：登记电脑</translation>
    </message>
    <message>
        <source>Start Hufu on the computer that you work at, choose “Enrol this computer” there, and touch “Scan” here.</source>
        <translation>在您办公的电脑上启动虎符，选择“登记这台电脑”，再点这里的“扫一扫”。</translation>
    </message>
    <message>
        <source>Choose it in the list of companies.</source>
        <translation>请在企业列表中选择它。</translation>
    </message>
    <message>
        <source>Another cannot sign</source>
        <translation>另有手机盾不能签名</translation>
    </message>
    <message>
        <source>The last request broke off</source>
        <translation>上一个请求中断了</translation>
    </message>
    <message>
        <source>Nothing was signed or opened. At the computer press Cancel and begin again, then scan the new code.</source>
        <translation>没有任何内容被签署或解密。请在电脑上点“取消”，重新操作，再扫描新的二维码。</translation>
    </message>
</context>
<context>
    <name>IdentityPage</name>
    <message>
        <source>Identity check</source>
        <translation>身份核验</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在核验…</translation>
    </message>
    <message>
        <source>The face service compares you with your identity card. No picture stays on this phone.</source>
        <translation>人脸服务会将您与身份证照片比对，照片不会保存在本机。</translation>
    </message>
    <message>
        <source>Start the check</source>
        <translation>开始核验</translation>
    </message>
    <message>
        <source>Code sent to %1</source>
        <translation>验证码已发送至 %1</translation>
    </message>
    <message numerus="yes">
        <source>Send again in %n second(s)</source>
        <translation>
            <numerusform>%n 秒后可重新发送</numerusform>
        </translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Look into the camera</source>
        <translation>请正对摄像头</translation>
    </message>
    <message>
        <source>Good light, the whole face in the circle</source>
        <translation>光线充足，整张脸在圆圈内</translation>
    </message>
    <message>
        <source>Turn your head slowly to one side</source>
        <translation>缓慢向一侧转头</translation>
    </message>
    <message>
        <source>Checked by</source>
        <translation>核验服务</translation>
    </message>
    <message>
        <source>Alipay</source>
        <translation>支付宝</translation>
    </message>
    <message>
        <source>Tencent Cloud</source>
        <translation>腾讯云</translation>
    </message>
    <message>
        <source>Hufu Face</source>
        <translation>虎符刷脸</translation>
    </message>
    <message>
        <source>Nothing is lost. Try once more; if the code is refused then, have a new one sent.</source>
        <translation>没有丢失任何内容。请再试一次；如果验证码不再被接受，请重新获取。</translation>
    </message>
    <message>
        <source>Nothing is lost, and nothing was signed. Start the check once more.</source>
        <translation>没有丢失任何内容，也没有签署。请重新开始验证。</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>眨眨眼</translation>
    </message>
    <message>
        <source>This act asks for your face besides your PIN: your company&apos;s policy wants it. Nothing is signed until you have typed the PIN.</source>
        <translation>按贵公司的安全策略，这次操作除 PIN 外还要刷脸。输入 PIN 之前不会签署任何内容。</translation>
    </message>
    <message>
        <source>First the code from the SMS</source>
        <translation>请先输入短信验证码</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Making your keys</source>
        <translation>正在生成密钥</translation>
    </message>
    <message>
        <source>This phone and the server each draw a share. The whole key is never anywhere.</source>
        <translation>手机和服务器各生成一份密钥分量，完整的密钥从不出现在任何地方。</translation>
    </message>
    <message>
        <source>Draw the shares of both keys</source>
        <translation>生成两把密钥的分量</translation>
    </message>
    <message>
        <source>Sign the certificate request together</source>
        <translation>共同签署证书申请</translation>
    </message>
    <message>
        <source>Request the encryption certificate</source>
        <translation>申请加密证书</translation>
    </message>
    <message>
        <source>Check the certificates</source>
        <translation>验证证书链</translation>
    </message>
    <message>
        <source>Rehearse: sign and decrypt on trial</source>
        <translation>演练：试签名与试解密</translation>
    </message>
    <message>
        <source>It takes a few seconds. If the app is closed meanwhile, it goes on from here with your PIN.</source>
        <translation>需要几秒钟。若中途关闭应用，下次输入 PIN 即可从这里继续。</translation>
    </message>
    <message>
        <source>Go on later</source>
        <translation>稍后继续</translation>
    </message>
</context>
<context>
    <name>Light</name>
    <message>
        <source>Ready to sign</source>
        <translation>一切就绪</translation>
    </message>
    <message>
        <source>The server cannot be reached</source>
        <translation>连不上服务器</translation>
    </message>
    <message>
        <source>This is not your server</source>
        <translation>服务器身份不符</translation>
    </message>
    <message>
        <source>This phone is full</source>
        <translation>存储空间不足</translation>
    </message>
    <message>
        <source>This shield can no longer sign</source>
        <translation>手机盾已不能签名</translation>
    </message>
    <message>
        <source>The certificate has expired</source>
        <translation>证书已过期</translation>
    </message>
    <message>
        <source>This phone&apos;s clock is wrong</source>
        <translation>本机时间不准确</translation>
    </message>
    <message>
        <source>Change the PIN soon</source>
        <translation>请尽快修改 PIN</translation>
    </message>
    <message numerus="yes">
        <source>The certificate ends in %n day(s)</source>
        <translation>
            <numerusform>证书将在 %n 天后到期</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking at the server…</source>
        <translation>正在检查服务器…</translation>
    </message>
    <message>
        <source>Server, certificate, clock and storage are in order.</source>
        <translation>服务器、证书、时间和存储空间均正常。</translation>
    </message>
    <message>
        <source>Check the network. Nothing can be approved until then; nothing is lost.</source>
        <translation>请检查网络。恢复之前不能批准操作，不会丢失任何内容。</translation>
    </message>
    <message>
        <source>Its key is not the one from the activation. Use another network.</source>
        <translation>密钥与开通时不同，请更换网络。</translation>
    </message>
    <message>
        <source>Free some storage before the next approval.</source>
        <translation>请在下次操作前清理存储空间。</translation>
    </message>
    <message>
        <source>Turn on automatic time. The server&apos;s clock decides meanwhile.</source>
        <translation>请打开自动设置时间。期间以服务器时间为准。</translation>
    </message>
    <message>
        <source>Test whether a bid will open</source>
        <translation>请试一下投标文件能否解密</translation>
    </message>
    <message>
        <source>It is opened within the hour, and this phone has not been tried since yesterday.</source>
        <translation>一小时内开标，而这台手机自昨天以来没有试过。</translation>
    </message>
    <message>
        <source>A trial decryption shows it in time. Nothing of yours is opened.</source>
        <translation>试解密能及早发现问题，不会打开您的任何内容。</translation>
    </message>
    <message>
        <source>This phone was copied</source>
        <translation>发现本手机盾被复制</translation>
    </message>
    <message>
        <source>This shield is frozen</source>
        <translation>手机盾已冻结</translation>
    </message>
    <message numerus="yes">
        <source>Locked for %n more minute(s)</source>
        <translation>
            <numerusform>已锁定，还需等待 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>The certificate is revoked</source>
        <translation>证书已吊销</translation>
    </message>
    <message>
        <source>The seat has ended</source>
        <translation>席位已到期</translation>
    </message>
    <message>
        <source>The server lets this shield sign nothing</source>
        <translation>服务器不允许此手机盾签名</translation>
    </message>
    <message numerus="yes">
        <source>%n try(ies) left for the PIN</source>
        <translation>
            <numerusform>PIN 还可再试 %n 次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The seat ends in %n day(s)</source>
        <translation>
            <numerusform>席位将在 %n 天后到期</numerusform>
        </translation>
    </message>
    <message>
        <source>No computer is enrolled</source>
        <translation>还没有登记电脑</translation>
    </message>
    <message>
        <source>Your computer waits for the administrator</source>
        <translation>您的电脑正等待管理员批准</translation>
    </message>
    <message>
        <source>Two phones have the same keys, so nothing goes through. Touch here for the way back.</source>
        <translation>两部手机持有相同的密钥，因此任何操作都无法进行。点此查看恢复办法。</translation>
    </message>
    <message>
        <source>Nothing can be signed or opened. Touch here for what your administrator has to do.</source>
        <translation>现在无法签名，也无法解密。点此查看需要管理员做什么。</translation>
    </message>
    <message>
        <source>Too many wrong PINs. Wait, then type it with care.</source>
        <translation>PIN 输错次数过多。请等待，之后仔细输入。</translation>
    </message>
    <message>
        <source>Files can still be opened. Ask your administrator to renew the seat; nothing has to be done here then.</source>
        <translation>文件仍可解密。请让管理员续费席位，之后本机无需任何操作。</translation>
    </message>
    <message>
        <source>Touch here for the reason and what to do.</source>
        <translation>点此查看原因和处理办法。</translation>
    </message>
    <message>
        <source>Then the shield freezes. If you are not sure of the PIN, ask your administrator first.</source>
        <translation>用完后手机盾会被冻结。如果不确定 PIN，请先联系管理员。</translation>
    </message>
    <message>
        <source>Ask your administrator to renew it in time.</source>
        <translation>请让管理员及时续费。</translation>
    </message>
    <message>
        <source>You can log in on web pages. To sign and to open files, enrol your computer.</source>
        <translation>可以在网页上登录。要签名和解密文件，请登记您的电脑。</translation>
    </message>
    <message>
        <source>Have it approved in the console, page Computers. Until then it can ask you for nothing.</source>
        <translation>请让管理员在控制台的“电脑”页面批准。在此之前它不能向您发起任何请求。</translation>
    </message>
    <message>
        <source>Nobody accepts it any more.</source>
        <translation>已无人认可。</translation>
    </message>
    <message>
        <source>Look at the records first</source>
        <translation>请先查看记录</translation>
    </message>
    <message>
        <source>All else is in order.</source>
        <translation>其他各项正常。</translation>
    </message>
</context>
<context>
    <name>LinkPage</name>
    <message>
        <source>Activation link</source>
        <translation>开通链接</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>扫一扫</translation>
    </message>
    <message>
        <source>Scan the code that your company&apos;s administrator gave you, or paste or type the link. It says where your server is and proves that it is the right one.</source>
        <translation>请扫描企业管理员给您的二维码，或粘贴、输入链接。其中包含服务器地址，并能证明服务器的真实身份。</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>LockedPage</name>
    <message>
        <source>You can try again</source>
        <translation>现在可以重试</translation>
    </message>
    <message>
        <source>Locked for a while</source>
        <translation>暂时锁定</translation>
    </message>
    <message numerus="yes">
        <source>The PIN was wrong %n time(s) in a row.</source>
        <translation>
            <numerusform>PIN 已连续输错 %n 次。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n try(ies) left before the shield freezes</source>
        <translation>
            <numerusform>还可尝试 %n 次，之后手机盾将冻结</numerusform>
        </translation>
    </message>
    <message>
        <source>The server keeps the time; restarting the phone changes nothing.</source>
        <translation>锁定时间由服务器计算，重启手机不会改变。</translation>
    </message>
    <message>
        <source>A right PIN sets the count back to zero.</source>
        <translation>输入正确的 PIN 后，错误次数清零。</translation>
    </message>
    <message>
        <source>Locked for 30 minutes or more and in a hurry? Ask your administrator to approve; the server&apos;s operator checks your identity and unlocks.</source>
        <translation>锁定 30 分钟及以上又急用时，请企业管理员批准，由服务器运营方核验身份后解锁。</translation>
    </message>
    <message>
        <source>Go to the home page</source>
        <translation>返回首页</translation>
    </message>
    <message>
        <source>One more wrong PIN freezes the shield.</source>
        <translation>再输错一次 PIN，手机盾将被冻结。</translation>
    </message>
    <message>
        <source>One more wrong PIN locks it for %1.</source>
        <translation>再输错一次 PIN，将锁定 %1。</translation>
    </message>
</context>
<context>
    <name>LostEnvelopes</name>
    <message>
        <source>These envelopes are not in %1:</source>
        <translation>这些信封不在 %1：</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>If you have moved or uploaded them, their bids stay on the list. If they never came to be, withdraw the bids and seal the files again: the files are unchanged.</source>
        <translation>如果已经移走或上传，选“在别处”，这些投标留在待开标清单上；如果没有生成，就撤回投标，再重新加密：原文件没有改变。</translation>
    </message>
    <message>
        <source>They are elsewhere</source>
        <translation>在别处</translation>
    </message>
    <message>
        <source>Withdraw the bids</source>
        <translation>撤回这些投标</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Hufu phone shield</source>
        <translation>虎符手机盾</translation>
    </message>
    <message>
        <source>Hufu desk</source>
        <translation>虎符电脑端</translation>
    </message>
</context>
<context>
    <name>NextPage</name>
    <message>
        <source>For the new phone</source>
        <translation>供新手机使用</translation>
    </message>
    <message>
        <source>Renew or change the phone</source>
        <translation>更新证书或更换手机</translation>
    </message>
    <message numerus="yes">
        <source>%n sealed bid(s) wait for these keys</source>
        <translation>
            <numerusform>有 %n 份加密投标文件等待这些密钥解密</numerusform>
        </translation>
    </message>
    <message>
        <source>New keys do not open them. Keep this phone, and these keys on it, until their opening is over.</source>
        <translation>新密钥无法解密它们。请保留这部手机及其中的密钥，直到开标结束。</translation>
    </message>
    <message>
        <source>Renew on this phone</source>
        <translation>在本机更新</translation>
    </message>
    <message>
        <source>A new key signs from then on, for another term. The old one stays here and goes on opening what was sealed for it.</source>
        <translation>此后由新密钥签名，有效期重新计算。旧密钥保留在本机，继续解密此前为其加密的文件。</translation>
    </message>
    <message>
        <source>No more fit on this phone</source>
        <translation>本机已无法再添加</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Move to a new phone</source>
        <translation>更换到新手机</translation>
    </message>
    <message>
        <source>This phone vouches for the new one: it shows a code that the new phone reads. Once that is active, this one only opens any more.</source>
        <translation>由本机为新手机作保：本机显示二维码，新手机读取。新手机开通后，本机只能用于解密。</translation>
    </message>
    <message>
        <source>Show a code for it</source>
        <translation>显示二维码</translation>
    </message>
    <message>
        <source>Either way you type the PIN and an SMS code here, and prove your identity again for the new keys.</source>
        <translation>两种方式都要在本机输入 PIN 和短信验证码，并为新密钥重新核验身份。</translation>
    </message>
    <message>
        <source>The phone is lost, or somebody else takes over</source>
        <translation>手机丢失，或由他人接手</translation>
    </message>
    <message>
        <source>Your administrator stops this phone, and gives you a code for a new one after the identity check, or hands your tasks over to a colleague. The console then lists the sealed bids that nobody else could open.</source>
        <translation>由管理员停用这部手机，核验身份后给您新手机的开通码，或把您的工作移交给同事。届时控制台会列出其他人都无法解密的投标文件。</translation>
    </message>
    <message>
        <source>Code for the new phone</source>
        <translation>供新手机读取的二维码</translation>
    </message>
    <message>
        <source>The new phone has read it</source>
        <translation>新手机已读取</translation>
    </message>
    <message>
        <source>On the new phone open Hufu, touch “Activate this phone”, then “Scan”, and let it read this code. It is good for seven days and for you alone; show it to nobody else.</source>
        <translation>在新手机上打开虎符，点“立即开通”，再点“扫一扫”，读取此码。此码七天内有效，仅限您本人使用，请勿给他人看。</translation>
    </message>
</context>
<context>
    <name>OtherWay</name>
    <message>
        <source>Something else (%1 of %2)</source>
        <translation>其他操作（第 %1 项，共 %2 项）</translation>
    </message>
</context>
<context>
    <name>OutcomePage</name>
    <message>
        <source>Bid sealed</source>
        <translation>投标文件已加密</translation>
    </message>
    <message>
        <source>%1 of %2 sealed</source>
        <translation>已加密 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>Upload the .hufu files. The files themselves are still there, not encrypted.</source>
        <translation>请上传 .hufu 文件。原文件仍在原处，未被加密。</translation>
    </message>
    <message>
        <source>%1 of %2 opened</source>
        <translation>已解密 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>Computer enrolled</source>
        <translation>电脑已登记</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已签署</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>已解密</translation>
    </message>
    <message>
        <source>From now on this computer can ask your phone for signatures and open files.</source>
        <translation>现在可以在这台电脑上签名和解密文件。</translation>
    </message>
    <message>
        <source>The signature over the log-in was checked on this computer.</source>
        <translation>登录签名已在本机校验通过。</translation>
    </message>
    <message>
        <source>The signature was checked on this computer before it was written.</source>
        <translation>签名已在本机校验通过，然后才写入文件。</translation>
    </message>
    <message>
        <source>The content came sealed for this computer alone.</source>
        <translation>内容加密后送达，只有本机能解密。</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Signature (r, s)</source>
        <translation>签名值 (r, s)</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Saved under another name</source>
        <translation>已用另一个名称保存</translation>
    </message>
    <message>
        <source>A file of the usual name was there already. It was left as it is.</source>
        <translation>同名文件已经存在，已原样保留。</translation>
    </message>
    <message>
        <source>Stamped</source>
        <translation>已盖章</translation>
    </message>
    <message>
        <source>The signature was checked before the stamped file got its name. The document itself is as it was.</source>
        <translation>签名校验通过后才生成盖章文件，原文件保持不变。</translation>
    </message>
    <message>
        <source>%1 of %2 stamped</source>
        <translation>%2 份中已盖章 %1 份</translation>
    </message>
    <message>
        <source>Each signature was checked before the stamped file got its name. The documents themselves are as they were.</source>
        <translation>每份文件的签名都校验通过后才生成盖章文件，原文件保持不变。</translation>
    </message>
    <message>
        <source>Sealed for %1</source>
        <translation>这是加密给 %1 的</translation>
    </message>
    <message>
        <source>It waits for your company&apos;s administrator now: until it is approved it can ask for nothing.</source>
        <translation>现在等待企业管理员批准：批准之前不能发起任何操作。</translation>
    </message>
    <message>
        <source>%1 of %2 signed</source>
        <translation>已签署 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>Each signature was checked on this computer before it was written beside its file.</source>
        <translation>每个签名都先在这台电脑上校验，再写到文件旁边。</translation>
    </message>
    <message>
        <source>It starts with the computer and waits in the corner of the screen; the settings have a switch for that.</source>
        <translation>它会随电脑启动，在屏幕角落等候；可以在“设置”中关闭。</translation>
    </message>
    <message>
        <source>%1: what to do</source>
        <translation>%1：该怎么办</translation>
    </message>
    <message>
        <source>Sign the rest (%1)</source>
        <translation>签署其余文件（%1）</translation>
    </message>
    <message>
        <source>Stamp the rest (%1)</source>
        <translation>给其余文件盖章（%1）</translation>
    </message>
    <message>
        <source>Seal the rest (%1)</source>
        <translation>加密其余文件（%1）</translation>
    </message>
    <message>
        <source>Open the rest (%1)</source>
        <translation>解密其余文件（%1）</translation>
    </message>
    <message>
        <source>%1 of %2 encrypted</source>
        <translation>已加密 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>Encrypted</source>
        <translation>已加密</translation>
    </message>
    <message>
        <source>Send the .p7m files to those who can open them. The files themselves are still there, not encrypted.</source>
        <translation>请把 .p7m 文件发给能打开它们的人。原文件仍在原处，没有加密。</translation>
    </message>
    <message>
        <source>Encrypt the rest (%1)</source>
        <translation>加密其余的（%1）</translation>
    </message>
    <message>
        <source>Choose the files again (%1)</source>
        <translation>重新选择文件（%1）</translation>
    </message>
    <message>
        <source>Choose the file again</source>
        <translation>重新选择文件</translation>
    </message>
    <message>
        <source>PDF documents (*.pdf *.PDF)</source>
        <translation>PDF 文件 (*.pdf *.PDF)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
</context>
<context>
    <name>PageFrame</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>%1, part %2 of %3</source>
        <translation>%1，第 %2 部分，共 %3 部分</translation>
    </message>
</context>
<context>
    <name>PhoneNumberPage</name>
    <message>
        <source>Phone number</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>Enter the number that your company registered for you. You get a code by SMS.</source>
        <translation>请输入企业为您登记的手机号，您会收到短信验证码。</translation>
    </message>
    <message>
        <source>Send the code</source>
        <translation>发送验证码</translation>
    </message>
    <message>
        <source>Server %1</source>
        <translation>服务器 %1</translation>
    </message>
</context>
<context>
    <name>PinChoosePage</name>
    <message>
        <source>Too short: at least 6 digits.</source>
        <translation>太短：至少 6 位数字。</translation>
    </message>
    <message>
        <source>One digit repeated is guessed at once.</source>
        <translation>同一数字重复，极易被猜中。</translation>
    </message>
    <message>
        <source>Digits that go up or down one by one are guessed at once.</source>
        <translation>连续递增或递减的数字，极易被猜中。</translation>
    </message>
    <message>
        <source>A short pattern that repeats is guessed quickly.</source>
        <translation>短串重复，很容易被猜中。</translation>
    </message>
    <message>
        <source>Your birthday is known to others.</source>
        <translation>您的生日别人可能知道。</translation>
    </message>
    <message>
        <source>The end of your phone number is known to others.</source>
        <translation>您的手机尾号别人可能知道。</translation>
    </message>
    <message>
        <source>This is one of the commonest PINs.</source>
        <translation>这是最常见的 PIN 之一。</translation>
    </message>
    <message>
        <source>Enter the PIN again</source>
        <translation>再次输入 PIN</translation>
    </message>
    <message>
        <source>Choose a new PIN</source>
        <translation>设置新 PIN</translation>
    </message>
    <message>
        <source>Choose a PIN</source>
        <translation>设置 PIN</translation>
    </message>
    <message>
        <source>The same digits once more, so that no slip stays in.</source>
        <translation>请再输入一遍相同的数字，避免误输。</translation>
    </message>
    <message>
        <source>You enter it for each approval. Nobody can read it back, not even the server.</source>
        <translation>每次批准都要输入它。任何人都无法读出它，服务器也不能。</translation>
    </message>
    <message>
        <source>Choose another PIN</source>
        <translation>请换一个 PIN</translation>
    </message>
    <message>
        <source>6 to 12 digits</source>
        <translation>6 至 12 位数字</translation>
    </message>
    <message>
        <source>No repeats and no sequences, such as 111111, 123456, 121212</source>
        <translation>不能是重复或连续数字，如 111111、123456、121212</translation>
    </message>
    <message>
        <source>Not your birthday, and not the end of your phone number</source>
        <translation>不能是生日或手机尾号</translation>
    </message>
    <message>
        <source>%1: what to do</source>
        <translation>%1：如何处理</translation>
    </message>
    <message>
        <source>Met</source>
        <translation>已满足</translation>
    </message>
    <message>
        <source>Not met</source>
        <translation>未满足</translation>
    </message>
</context>
<context>
    <name>PinDots</name>
    <message numerus="yes">
        <source>%n digit(s) entered</source>
        <translation>
            <numerusform>已输入 %n 位</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>Keys for the PIN</source>
        <translation>PIN 码键盘</translation>
    </message>
    <message>
        <source>Type the digits, and Return at the end; or go on to the keys one by one.</source>
        <translation>直接输入数字，最后按回车键；也可以逐个移到按键上。</translation>
    </message>
    <message>
        <source>Delete the last digit</source>
        <translation>删除最后一位</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>They stand in another order each time, and are not spoken: put on headphones and switch on “Speak the digits” in the settings, or type.</source>
        <translation>数字的位置每次不同，且不朗读：请戴上耳机，在设置中打开“朗读数字”；也可用键盘输入。</translation>
    </message>
    <message>
        <source>They stand as on a telephone: a key says its row and column, not its digit.</source>
        <translation>按键排列与电话键盘相同：朗读的是第几行第几列，不是数字。</translation>
    </message>
    <message>
        <source>Row %1, column %2</source>
        <translation>第 %1 行，第 %2 列</translation>
    </message>
</context>
<context>
    <name>PinPadPage</name>
    <message>
        <source>Enter your PIN</source>
        <translation>输入 PIN</translation>
    </message>
    <message>
        <source>The PIN that you chose, to finish the activation.</source>
        <translation>请输入您设置的 PIN，以完成开通。</translation>
    </message>
    <message>
        <source>The PIN that you have now.</source>
        <translation>请输入当前的 PIN。</translation>
    </message>
    <message>
        <source>The PIN from before the change that was not finished.</source>
        <translation>请输入未完成修改之前的旧 PIN。</translation>
    </message>
    <message>
        <source>With it your half of the key does its part.</source>
        <translation>输入后，手机里的密钥分量才会参与运算。</translation>
    </message>
    <message numerus="yes">
        <source>%n try(ies) left before the shield freezes</source>
        <translation>
            <numerusform>还可尝试 %n 次，之后手机盾将冻结</numerusform>
        </translation>
    </message>
    <message>
        <source>With it all shares are renewed, and the copy is worth nothing.</source>
        <translation>输入后刷新全部密钥分量，复制品即告作废。</translation>
    </message>
    <message>
        <source>A frozen shield opens no bid</source>
        <translation>手机盾冻结后无法解密投标文件</translation>
    </message>
    <message numerus="yes">
        <source>%n sealed bid(s) wait for this phone. If you are not sure of the PIN, stop here and ask your administrator.</source>
        <translation>
            <numerusform>有 %n 份已加密的投标文件要用这台手机解密。如果不确定 PIN，请先停下，联系管理员。</numerusform>
        </translation>
    </message>
    <message>
        <source>Fingers or faces were changed on this phone</source>
        <translation>本机录入的指纹或面容已变更</translation>
    </message>
    <message>
        <source>Not recognised</source>
        <translation>未能识别</translation>
    </message>
    <message>
        <source>The PIN that was kept for them is gone. Type it, and switch this on again under the shield&apos;s name.</source>
        <translation>为其保存的 PIN 已清除。请输入 PIN，并在手机盾的名称页重新开启此功能。</translation>
    </message>
    <message>
        <source>Try again, or type the PIN.</source>
        <translation>请重试，或输入 PIN。</translation>
    </message>
    <message>
        <source>Use finger or face</source>
        <translation>使用指纹或面容</translation>
    </message>
    <message>
        <source>The PIN was not sent, and nothing was signed. Make room on the phone, then type it again.</source>
        <translation>PIN 没有发出，也没有签署。请在手机上腾出空间，然后重新输入。</translation>
    </message>
</context>
<context>
    <name>ProblemBanner</name>
    <message>
        <source>%1: what to do</source>
        <translation>%1：怎么办</translation>
    </message>
</context>
<context>
    <name>ProgressSteps</name>
    <message>
        <source>%1: done</source>
        <translation>%1：已完成</translation>
    </message>
    <message>
        <source>%1: under way</source>
        <translation>%1：进行中</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>All Files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>QrPage</name>
    <message>
        <source>Seal a bid</source>
        <translation>加密投标文件</translation>
    </message>
    <message>
        <source>Encrypting: %1 %</source>
        <translation>正在加密：%1 %</translation>
    </message>
    <message>
        <source>Decrypting: %1 %</source>
        <translation>正在解密：%1 %</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 等，另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the code, to paste it on the phone</source>
        <translation>复制二维码，到手机上粘贴</translation>
    </message>
    <message>
        <source>Enrol this computer</source>
        <translation>登记这台电脑</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Sign a file</source>
        <translation>签署文件</translation>
    </message>
    <message>
        <source>Open encrypted files</source>
        <translation>解密文件</translation>
    </message>
    <message>
        <source>Scanned. Read and approve on the phone.</source>
        <translation>已扫码，请在手机上核对并批准。</translation>
    </message>
    <message>
        <source>Checking the result…</source>
        <translation>正在校验结果…</translation>
    </message>
    <message>
        <source>Preparing the code…</source>
        <translation>正在生成二维码…</translation>
    </message>
    <message>
        <source>This needs the phone of %1.</source>
        <translation>需要用%1的手机扫码。</translation>
    </message>
    <message>
        <source>The digits that the phone shows</source>
        <translation>手机上显示的数字</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>The server is out of reach</source>
        <translation>无法连接服务器</translation>
    </message>
    <message>
        <source>Retrying automatically.</source>
        <translation>正在自动重试。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stamp a PDF</source>
        <translation>PDF 盖章</translation>
    </message>
    <message>
        <source>Use the phone of %1 instead</source>
        <translation>改用 %1 的手机盾</translation>
    </message>
    <message>
        <source>Scan with Hufu on your phone. It changes each second: no photo of it works.</source>
        <translation>请用手机上的虎符扫码。二维码每秒更新，拍照无效。</translation>
    </message>
    <message>
        <source>%1 MB/s, %2 left</source>
        <translation>%1 MB/s，还需 %2</translation>
    </message>
    <message>
        <source>Preparing the documents: %1 %</source>
        <translation>正在准备文件：%1 %</translation>
    </message>
    <message>
        <source>Sign files</source>
        <translation>签署文件</translation>
    </message>
    <message>
        <source>%1 left to approve it on the phone</source>
        <translation>还有 %1 可在手机上批准</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>The last minute</source>
        <translation>只剩不到一分钟</translation>
    </message>
    <message>
        <source>If it is not approved on the phone by then, nothing is done, and you begin anew here.</source>
        <translation>如果到时还没有在手机上批准，就什么也不会做，需要在这里重新开始。</translation>
    </message>
    <message>
        <source>Encrypt files</source>
        <translation>加密文件</translation>
    </message>
    <message>
        <source>Was the phone closed or started anew meanwhile? Press Cancel, begin again and scan the new code.</source>
        <translation>如果手机盾中途关闭或重启，请点“取消”，重新操作并扫描新的二维码。</translation>
    </message>
    <message>
        <source>Still at work, longer than usual. You can wait, or cancel: nothing is changed then.</source>
        <translation>仍在准备，用时比平常长。您可以继续等待，也可以取消；取消后不会有任何改动。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be taken, the others go on</source>
        <translation>
            <numerusform>%n 个文件无法处理，其余照常进行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordPage</name>
    <message>
        <source>It was given up in this window. Nothing was signed or opened here.</source>
        <translation>在本窗口取消了。这里没有签名，也没有解密。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) came to nothing.</source>
        <translation>
            <numerusform>有 %n 个文件没有办成。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: what to do</source>
        <translation>%1：怎么办</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>became %1</source>
        <translation>得到 %1</translation>
    </message>
</context>
<context>
    <name>RecordedBanner</name>
    <message>
        <source>The screen is being recorded</source>
        <translation>有人正在录屏</translation>
    </message>
    <message>
        <source>What is secret here is covered until that ends. Stop the recording or the sharing of the screen, then go on. If you did not start it, leave this page and tell your administrator.</source>
        <translation>录屏结束前，这里的保密内容会一直遮住。请停止录屏或屏幕共享，然后继续。如果不是您开启的，请离开此页并告诉管理员。</translation>
    </message>
</context>
<context>
    <name>RecoverPage</name>
    <message>
        <source>Recovery code</source>
        <translation>恢复码</translation>
    </message>
    <message>
        <source>Recovery after a copy</source>
        <translation>复制事件后的恢复</translation>
    </message>
    <message>
        <source>After the identity check your administrator gives you the code. Type it only on your own phone.</source>
        <translation>身份核验通过后，企业管理员会告知恢复码。只能在您本人的手机上输入。</translation>
    </message>
    <message>
        <source>Code of 8 digits</source>
        <translation>8 位恢复码</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>Reminder</name>
    <message>
        <source>Opening in %1</source>
        <translation>%1 后开标</translation>
    </message>
    <message>
        <source>%1: test now whether this phone will open the bid.</source>
        <translation>%1：请现在试一下这台手机能否解密投标文件。</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>For %1.</source>
        <translation>%1：</translation>
    </message>
</context>
<context>
    <name>RemovalPage</name>
    <message>
        <source>Take it off this phone</source>
        <translation>从本机移除</translation>
    </message>
    <message>
        <source>Nobody is logged in here: between two acts nothing stays open, and each act asks for your PIN. To hand the phone on, take the shield off it.</source>
        <translation>本机没有保持登录：两次操作之间不会保留任何会话，每次操作都要输入 PIN。要把手机交给他人，请先移除手机盾。</translation>
    </message>
    <message>
        <source>Its keys and records are wiped from this phone and cannot be brought back. The certificate stays valid until you revoke it on its page, or your administrator does. To use it again you need a new activation code.</source>
        <translation>本机上的密钥和记录将被清除，无法恢复。证书仍然有效，直到您在证书页面上或由管理员吊销。再次使用需要新的开通码。</translation>
    </message>
    <message>
        <source>Its files cannot be read</source>
        <translation>文件无法读取</translation>
    </message>
    <message>
        <source>So nobody knows what is sealed for it. Nothing is removed; ask the support whether it can be mended.</source>
        <translation>无法得知有哪些投标文件为其加密，因此不会移除任何内容。请咨询客服能否修复。</translation>
    </message>
    <message>
        <source>Wipe it from this phone</source>
        <translation>从本机清除</translation>
    </message>
</context>
<context>
    <name>RequestFacts</name>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>标段（包）</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Who can open it</source>
        <translation>谁可以解密</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Why nobody else</source>
        <translation>为什么没有其他人</translation>
    </message>
    <message>
        <source>Bid opening</source>
        <translation>开标时间</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>截止时间</translation>
    </message>
    <message>
        <source>Form of the signature</source>
        <translation>签名形式</translation>
    </message>
    <message>
        <source>Plain signature over the file</source>
        <translation>对文件的裸签名</translation>
    </message>
    <message>
        <source>Signature file (PKCS #7)</source>
        <translation>签名文件（PKCS #7）</translation>
    </message>
    <message>
        <source>Signature file (GM/T 0010)</source>
        <translation>签名文件（GM/T 0010）</translation>
    </message>
    <message>
        <source>Electronic signature (GB/T 38540)</source>
        <translation>电子签章（GB/T 38540）</translation>
    </message>
</context>
<context>
    <name>ResultFolder</name>
    <message>
        <source>In the folder</source>
        <translation>所在文件夹</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Nothing here could open it: it may be gone, or no program for folders is installed.</source>
        <translation>没有能打开它的程序：文件夹可能已不在，或没有安装文件管理器。</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Nothing was signed. The computer has been told.</source>
        <translation>没有任何内容被签署，已通知电脑。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) signed. The computer has the signature.</source>
        <translation>
            <numerusform>已签署 %n 个文件，签名已送达电脑。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) opened for the computer alone.</source>
        <translation>
            <numerusform>已为这台电脑解密 %n 个文件，只有它能读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on at the computer.</source>
        <translation>请在电脑上继续。</translation>
    </message>
    <message>
        <source>You can sign and open files from this computer now.</source>
        <translation>现在可以在这台电脑上签名和解密文件。</translation>
    </message>
    <message>
        <source>From now on only the new PIN counts.</source>
        <translation>从现在起请使用新 PIN。</translation>
    </message>
    <message>
        <source>Type these digits on the computer to finish</source>
        <translation>请在电脑上输入这组数字以完成</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>All shares are new. The copy is worth nothing now.</source>
        <translation>密钥分量已全部刷新，复制品已作废。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) sealed. Now test whether this phone will open them in their hour.</source>
        <translation>
            <numerusform>已加密 %n 个文件。请现在试一下，这台手机到时能否解密。</numerusform>
        </translation>
    </message>
    <message>
        <source>Test now</source>
        <translation>立即试解密</translation>
    </message>
    <message>
        <source>Refused and reported</source>
        <translation>已拒绝并上报</translation>
    </message>
    <message>
        <source>Nothing was signed. The server has recorded it as an attack: somebody else began this.</source>
        <translation>未签署任何内容。服务器已记录为攻击：这次请求不是您发起的。</translation>
    </message>
    <message>
        <source>What to do now</source>
        <translation>现在怎么办</translation>
    </message>
    <message>
        <source>Find out who uses &quot;%1&quot;. If you do not know, ask your administrator to remove this computer, or to freeze the shield.</source>
        <translation>请查明谁在使用“%1”。如果不清楚，请管理员移除这台电脑，或冻结手机盾。</translation>
    </message>
    <message>
        <source>Close the web page that showed the code. If this happens again, tell your administrator.</source>
        <translation>请关闭显示二维码的网页。如果再次发生，请告知管理员。</translation>
    </message>
    <message>
        <source>Nothing was signed. The server could not be told; the request ends by itself. If you did not start it, tell your administrator.</source>
        <translation>没有签署任何内容。未能告知服务器，此请求会自行结束。如果不是您发起的，请告诉管理员。</translation>
    </message>
    <message>
        <source>Nobody accepts it any more. If the phone goes to somebody else, take the shield off it now: Me, “Log out”.</source>
        <translation>它不再被任何平台接受。如果手机要交给别人，请现在移除手机盾：“我的”→“退出登录”。</translation>
    </message>
    <message>
        <source>Phone, PIN and server work together. Nothing was signed for anybody.</source>
        <translation>手机、PIN 和服务器配合正常。没有对外签署任何内容。</translation>
    </message>
    <message>
        <source>Phone, PIN and server work together: what is sealed for you can be opened in its hour. Nothing of yours was opened.</source>
        <translation>手机、PIN 和服务器配合正常：为您加密的文件到时可以解密。没有解密您的任何文件。</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Nothing was done.</source>
        <translation>没有办理任何操作。</translation>
    </message>
</context>
<context>
    <name>RevocationPage</name>
    <message>
        <source>Revoke the certificate</source>
        <translation>吊销证书</translation>
    </message>
    <message>
        <source>Do this if the phone is sold or given away, or if somebody may have your PIN and your phone. If only the PIN was seen, change the PIN instead.</source>
        <translation>手机要卖掉或送人，或者别人可能同时拿到了您的 PIN 和手机时，请这样做。如果只是 PIN 被人看到，修改 PIN 即可。</translation>
    </message>
    <message>
        <source>It cannot be taken back</source>
        <translation>吊销后不能恢复</translation>
    </message>
    <message>
        <source>From then on nobody accepts a log-in or a signature with it, and nothing is sealed for it any more. What you signed before stays as it is. This phone goes on opening what is sealed for it, as long as the shield stays on it.</source>
        <translation>此后用它登录或签名都不再被接受，也不会再有文件为它加密。以前的签名不受影响。只要手机盾还在本机，为它加密的文件仍可解密。</translation>
    </message>
    <message>
        <source>For another certificate your administrator gives you a new grant. It is noted in your company&apos;s log.</source>
        <translation>需要新证书时，由管理员重新授权。此操作会记入企业的操作日志。</translation>
    </message>
    <message>
        <source>Go on to the PIN</source>
        <translation>下一步：输入 PIN</translation>
    </message>
</context>
<context>
    <name>ScanPage</name>
    <message>
        <source>Scan</source>
        <translation>扫一扫</translation>
    </message>
    <message>
        <source>Looking at your screen for the code of the desktop client.</source>
        <translation>正在屏幕上寻找电脑端显示的二维码。</translation>
    </message>
    <message>
        <source>Looking at the part that you chose.</source>
        <translation>正在查看您选定的区域。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Look at the whole screen</source>
        <translation>查看整个屏幕</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>This system does not show its screen to other programs. Take a screenshot of the code (on most systems with the Print key), then paste it or drop it here.</source>
        <translation>此系统不允许程序查看屏幕。请对二维码截图（多数系统按 Print 键），然后粘贴或拖放到这里。</translation>
    </message>
    <message>
        <source>You can also drop a picture or its file here.</source>
        <translation>也可以把图片或图片文件拖放到这里。</translation>
    </message>
    <message>
        <source>Torch off</source>
        <translation>关闭手电筒</translation>
    </message>
    <message>
        <source>Torch on</source>
        <translation>打开手电筒</translation>
    </message>
    <message>
        <source>Zoom %1×</source>
        <translation>变焦 %1×</translation>
    </message>
    <message>
        <source>Looking at your screen for the code of an activation link.</source>
        <translation>正在屏幕上寻找开通链接的二维码。</translation>
    </message>
    <message>
        <source>Look at a part of the screen only</source>
        <translation>只看屏幕的一部分</translation>
    </message>
    <message>
        <source>The arrow keys move the part, plus and minus size it, Return looks at it.</source>
        <translation>用方向键移动方框，用加号和减号调整大小，按回车键开始查看。</translation>
    </message>
    <message>
        <source>Drag over the picture, or move the frame with the arrow keys, to look at a part of it only.</source>
        <translation>在画面上拖动，或用方向键移动方框，可以只看其中一部分。</translation>
    </message>
    <message>
        <source>The connection is back. Meanwhile the code has changed, and nothing was signed: have the phone look at it once more.</source>
        <translation>网络已恢复。期间二维码已更新，没有签署任何内容：请让手机重新对准二维码。</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>SealPage</name>
    <message>
        <source>Seal a bid</source>
        <translation>加密投标文件</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave out %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Project number</source>
        <translation>项目编号</translation>
    </message>
    <message>
        <source>Project name</source>
        <translation>项目名称</translation>
    </message>
    <message>
        <source>Package or lot, if there is one</source>
        <translation>标段（没有可不填）</translation>
    </message>
    <message>
        <source>Bid opening, this computer&apos;s time</source>
        <translation>开标时间（本机时间）</translation>
    </message>
    <message>
        <source>Write it as in 2026-12-01 09:30.</source>
        <translation>请按 2026-12-01 09:30 的格式填写。</translation>
    </message>
    <message>
        <source>Who can open it</source>
        <translation>谁可以解密</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1（本人）</translation>
    </message>
    <message>
        <source>Only you could open this bid</source>
        <translation>只有您能解密这份投标文件</translation>
    </message>
    <message>
        <source>If your phone is lost or broken at the opening, the bid stays shut. Choose a colleague, too, if you can.</source>
        <translation>若开标时手机丢失或损坏，投标文件将无法解密。如有可能，请再选择一位同事。</translation>
    </message>
    <message>
        <source>Seal, and approve on the phone</source>
        <translation>加密，到手机上批准</translation>
    </message>
    <message>
        <source>Asked for by %1</source>
        <translation>由 %1 请求</translation>
    </message>
    <message>
        <source>It says: %1</source>
        <translation>对方说明：%1</translation>
    </message>
    <message>
        <source>Choose the files yourself. The site sees neither them nor where they are.</source>
        <translation>文件由您自己选择，网站看不到文件，也看不到存放位置。</translation>
    </message>
    <message>
        <source>Choose the files of the bid</source>
        <translation>选择投标文件</translation>
    </message>
    <message>
        <source>Why nobody else? Your phone shows it, and it is signed</source>
        <translation>为什么没有其他人？理由会显示在手机上，并被签名</translation>
    </message>
    <message>
        <source>Who seals, and approves on their phone</source>
        <translation>由谁加密，并在自己的手机盾上批准</translation>
    </message>
    <message>
        <source>That hour is over: look at year and month.</source>
        <translation>这个时间已经过去：请核对年份和月份。</translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation>按姓名查找</translation>
    </message>
    <message numerus="yes">
        <source>%n more: search by name</source>
        <translation>
            <numerusform>还有 %n 人，请按姓名查找</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) too many</source>
        <translation>
            <numerusform>多选了 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>One bid takes 64 files. Of those that you chose last none was added.</source>
        <translation>一份投标最多 64 个文件。刚才选的一个也没有加入。</translation>
    </message>
    <message>
        <source>Encrypt files</source>
        <translation>加密文件</translation>
    </message>
    <message>
        <source>Files for people with any software (.p7m)</source>
        <translation>发给使用任何软件的人的文件（.p7m）</translation>
    </message>
    <message>
        <source>At most 15 MiB each. Nothing in such a file proves who made it: sign it too where that counts. A bid belongs into “Seal a bid”.</source>
        <translation>每个文件不超过 15 MiB。这种文件不能证明由谁制作：需要证明时请另外签名。投标文件请用“加密投标文件”。</translation>
    </message>
    <message>
        <source>64 files at once. Of those that you chose last none was added.</source>
        <translation>一次最多 64 个文件。您最后选择的文件都没有加入。</translation>
    </message>
    <message>
        <source>Whose colleagues are listed</source>
        <translation>列出谁的同事</translation>
    </message>
    <message>
        <source>Add somebody by their certificate&apos;s file</source>
        <translation>用证书文件添加接收人</translation>
    </message>
    <message>
        <source>Make sure that the certificate is theirs: whoever has its key reads the files.</source>
        <translation>请确认证书确实属于接收人：谁持有它的密钥，谁就能读这些文件。</translation>
    </message>
    <message>
        <source>Choose the file of an encrypt certificate that is valid now (.pem, .cer, .crt). Nobody was added for this one.</source>
        <translation>请选择当前有效的加密证书文件（.pem、.cer、.crt）。这个文件没有添加任何人。</translation>
    </message>
    <message>
        <source>Encrypt</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Your colleagues cannot be listed now. Add each reader, yourself too, by the file of their certificate: encrypting needs no server.</source>
        <translation>现在无法列出同事。请用证书文件逐个添加接收人（包括您自己）：加密不需要服务器。</translation>
    </message>
    <message>
        <source>A bid takes encrypt certificates of this platform&apos;s own authority that are valid now (.pem, .cer, .crt). Nobody was added for this one.</source>
        <translation>投标文件只接受本平台认证机构签发的、当前有效的加密证书（.pem、.cer、.crt）。这个文件没有添加任何人。</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.cer *.crt *.der *.PEM *.CER *.CRT *.DER)</source>
        <translation>证书 (*.pem *.cer *.crt *.der *.PEM *.CER *.CRT *.DER)</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
</context>
<context>
    <name>SealUse</name>
    <message>
        <source>On page %1</source>
        <translation>第 %1 页</translation>
    </message>
    <message>
        <source>Across the edges of pages %1</source>
        <translation>第 %1 页骑缝</translation>
    </message>
    <message>
        <source>Granted for: %1</source>
        <translation>授权用途：%1</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>On pages %1</source>
        <translation>第 %1 页</translation>
    </message>
</context>
<context>
    <name>SealedBids</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Would open</source>
        <translation>可以解密</translation>
    </message>
    <message>
        <source>Only others can open it</source>
        <translation>只有其他人能解密</translation>
    </message>
    <message>
        <source>The phone is frozen: ask your administrator</source>
        <translation>手机盾已冻结：请联系管理员</translation>
    </message>
    <message>
        <source>Its hour has come</source>
        <translation>已到开标时间</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Sealed bids</source>
        <translation>已加密的投标文件</translation>
    </message>
    <message>
        <source>Open now</source>
        <translation>现在解密</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>开标 %1</translation>
    </message>
    <message>
        <source>Who can open it: %1</source>
        <translation>可以解密的人：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Nobody will be reminded of it any more.</source>
        <translation>之后不会再提醒任何人。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Withdraw it</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Not wanted any more</source>
        <translation>不再需要</translation>
    </message>
    <message>
        <source>The server does not answer: nothing opens now</source>
        <translation>服务器没有回应：现在无法解密</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong: nothing opens until it is set</source>
        <translation>这台电脑的时间不对：校准之前无法解密</translation>
    </message>
    <message>
        <source>The phone is locked after wrong PINs, and may be so at the opening. Ask your administrator to have it unlocked, or a recipient to open the bid</source>
        <translation>手机因 PIN 输错已锁定，开标时可能还没有解锁。请管理员申请解锁，或请其他接收人解密</translation>
    </message>
    <message>
        <source>Test due: on the phone under Sealed bids open this one, then Test now</source>
        <translation>该试解密了：在手机盾的“已加密的投标文件”中点开这一份，再点“立即试解密”</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言 Language</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>大</translation>
    </message>
    <message>
        <source>Very large</source>
        <translation>特大</translation>
    </message>
    <message>
        <source>Simple mode</source>
        <translation>长辈模式</translation>
    </message>
    <message>
        <source>Large type and keys, and one thing to do on each page.</source>
        <translation>大字体、大按键，每页只做一件事。</translation>
    </message>
    <message>
        <source>Animations</source>
        <translation>动画效果</translation>
    </message>
    <message>
        <source>Off: pages change at once and nothing turns.</source>
        <translation>关闭后页面立即切换，没有动态图形。</translation>
    </message>
    <message>
        <source>Hufu %1</source>
        <translation>虎符 %1</translation>
    </message>
    <message>
        <source>Digits in another order each time</source>
        <translation>每次打乱数字顺序</translation>
    </message>
    <message>
        <source>On the PIN pad, against those who look on. A keyboard works as ever.</source>
        <translation>用于 PIN 键盘，防止旁人偷看。外接键盘照常使用。</translation>
    </message>
    <message>
        <source>Where results go</source>
        <translation>结果保存在哪里</translation>
    </message>
    <message>
        <source>Beside the file that they come of</source>
        <translation>和原文件放在一起</translation>
    </message>
    <message>
        <source>This folder is not there</source>
        <translation>找不到这个文件夹</translation>
    </message>
    <message>
        <source>Until it is, results go beside the file that they come of.</source>
        <translation>在找到之前，结果和原文件放在一起。</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Beside each file again</source>
        <translation>改回和原文件放在一起</translation>
    </message>
    <message>
        <source>Start with the computer</source>
        <translation>开机自动启动</translation>
    </message>
    <message>
        <source>Hufu then waits in the corner of the screen, so that web pages and you find it there.</source>
        <translation>启动后虎符在屏幕角落等候，网页和您随时都能找到它。</translation>
    </message>
    <message>
        <source>Sites that may use this computer</source>
        <translation>允许使用这台电脑的网站</translation>
    </message>
    <message numerus="yes">
        <source>%n allowed</source>
        <translation>
            <numerusform>已允许 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>None is allowed</source>
        <translation>还没有允许任何网站</translation>
    </message>
    <message>
        <source>Standard of signature files (.p7s)</source>
        <translation>签名文件（.p7s）的标准</translation>
    </message>
    <message>
        <source>GM/T 0010</source>
        <translation>GM/T 0010 国密</translation>
    </message>
    <message>
        <source>PKCS #7, for other software</source>
        <translation>PKCS #7（供其他软件）</translation>
    </message>
    <message>
        <source>Put the file into its signature file</source>
        <translation>把原文放进签名文件</translation>
    </message>
    <message>
        <source>One file holds both then, up to 15 MiB. Off: the signature lies beside the file.</source>
        <translation>原文和签名合成一个文件，原文不超过 15 MiB；关闭时，签名放在原文旁边。</translation>
    </message>
    <message>
        <source>Speak the digits</source>
        <translation>朗读数字</translation>
    </message>
    <message>
        <source>A screen reader names the keys of the PIN pad: put on headphones. Off: it says where a key stands, as on a telephone.</source>
        <translation>屏幕朗读会读出 PIN 键盘上的数字，请戴上耳机。关闭时只读按键的位置，排列与电话键盘相同。</translation>
    </message>
    <message>
        <source>Choose this folder</source>
        <translation>选择此文件夹</translation>
    </message>
</context>
<context>
    <name>ShieldPage</name>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>橄榄色</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>Phone shield</source>
        <translation>手机盾</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>持有人</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Your own name for it</source>
        <translation>自定义名称</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Take it off this phone</source>
        <translation>从本机移除</translation>
    </message>
    <message>
        <source>Finger or face instead of typing the PIN</source>
        <translation>用指纹或面容代替输入 PIN</translation>
    </message>
    <message>
        <source>The PIN is then kept on this phone in its secure element, and goes to the server&apos;s check as if it were typed. It is gone when it is changed, wrong, or when a finger or face is added. Off, it is kept nowhere.</source>
        <translation>开启后，PIN 保存在本机的安全芯片中，使用时与手动输入一样由服务器校验。PIN 变更、出错，或新增指纹、面容后即清除。关闭时不在任何地方保存。</translation>
    </message>
    <message>
        <source>Not recognised</source>
        <translation>未能识别</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有任何改动。</translation>
    </message>
</context>
<context>
    <name>ShieldRow</name>
    <message>
        <source>Not activated yet</source>
        <translation>尚未开通</translation>
    </message>
    <message numerus="yes">
        <source>%n sealed bid(s) wait</source>
        <translation>
            <numerusform>有 %n 份已加密的投标文件待开标</numerusform>
        </translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Opens only</source>
        <translation>仅可解密</translation>
    </message>
    <message>
        <source>Test due</source>
        <translation>待试解密</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>已吊销</translation>
    </message>
    <message>
        <source>Cannot sign</source>
        <translation>不能签名</translation>
    </message>
</context>
<context>
    <name>ShieldsPage</name>
    <message>
        <source>Choose whom you act for. A computer that is enrolled for one of them finds it by itself when you scan.</source>
        <translation>选择您代表哪家企业办理。扫码时，已登记的电脑会自动对应到它所属的证书。</translation>
    </message>
    <message>
        <source>Each has its own keys and its own PIN.</source>
        <translation>每个证书都有各自的密钥和 PIN。</translation>
    </message>
    <message>
        <source>No more fit on this phone</source>
        <translation>本手机已不能再添加</translation>
    </message>
    <message>
        <source>Phone shields</source>
        <translation>手机盾</translation>
    </message>
    <message>
        <source>Name, colour, remove</source>
        <translation>名称、颜色、移除</translation>
    </message>
    <message>
        <source>Activate another</source>
        <translation>再开通一个</translation>
    </message>
</context>
<context>
    <name>SiteQuestionPage</name>
    <message>
        <source>Open encrypted files</source>
        <translation>解密文件</translation>
    </message>
    <message>
        <source>A question of a site</source>
        <translation>网站请求</translation>
    </message>
    <message>
        <source>A program of this computer that calls itself</source>
        <translation>本机程序，自称</translation>
    </message>
    <message>
        <source>The web page in your browser at</source>
        <translation>浏览器中的网页</translation>
    </message>
    <message>
        <source>asks you to open your sealed bids.</source>
        <translation>请您解密投标文件。</translation>
    </message>
    <message>
        <source>would like to use this computer&apos;s Hufu.</source>
        <translation>希望使用这台电脑上的虎符。</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>It says</source>
        <translation>对方说明</translation>
    </message>
    <message>
        <source>It can see whether this computer is ready, and begin sealing or opening bids.</source>
        <translation>它可以看到这台电脑是否就绪，并发起投标文件的加密或解密。</translation>
    </message>
    <message>
        <source>It sees no files: you choose them here.</source>
        <translation>它看不到任何文件，文件由您在这里选择。</translation>
    </message>
    <message>
        <source>It can sign nothing: each act is shown in this window and approved on your phone.</source>
        <translation>它不能签名：每件事都显示在这个窗口里，并由您在手机上批准。</translation>
    </message>
    <message>
        <source>Allow it only if you know this address and have just opened it yourself.</source>
        <translation>只有认识这个网址、并且刚刚是您自己打开它时，才点“允许”。</translation>
    </message>
    <message>
        <source>The opened files stay on this computer. What you hand to the site is yours to choose there.</source>
        <translation>解密后的文件只留在这台电脑上；要交给网站什么，由您在网页上选择。</translation>
    </message>
    <message>
        <source>Choose the sealed bids (.hufu)</source>
        <translation>选择已加密的投标文件（.hufu）</translation>
    </message>
    <message>
        <source>Do not allow</source>
        <translation>不允许</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
</context>
<context>
    <name>SitesPage</name>
    <message>
        <source>Sites</source>
        <translation>网站</translation>
    </message>
    <message>
        <source>Web pages of this computer may ask at port %1. Only those you allow are answered.</source>
        <translation>本机网页可以通过端口 %1 提出请求，只有您允许的才会得到回答。</translation>
    </message>
    <message>
        <source>No web page can reach Hufu now: its ports are taken by other programs. Restart the computer if you need it.</source>
        <translation>现在没有网页能连接虎符：端口被其他程序占用。需要时请重启电脑。</translation>
    </message>
    <message>
        <source>No site has asked yet.</source>
        <translation>还没有网站提出过请求。</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>已允许</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>A site that you remove has to ask again.</source>
        <translation>删除后，该网站需要重新请求。</translation>
    </message>
</context>
<context>
    <name>Spinner</name>
    <message>
        <source>Working</source>
        <translation>处理中</translation>
    </message>
</context>
<context>
    <name>Spoken</name>
    <message>
        <source>Not possible now</source>
        <translation>暂时不可用</translation>
    </message>
</context>
<context>
    <name>StampPage</name>
    <message>
        <source>Company seal</source>
        <translation>企业公章</translation>
    </message>
    <message>
        <source>Legal person&apos;s seal</source>
        <translation>法定代表人印章</translation>
    </message>
    <message>
        <source>Finance seal</source>
        <translation>财务专用章</translation>
    </message>
    <message>
        <source>Contract seal</source>
        <translation>合同专用章</translation>
    </message>
    <message>
        <source>Stamp a PDF</source>
        <translation>PDF 盖章</translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s) already</source>
        <translation>
            <numerusform>已有 %n 个签名</numerusform>
        </translation>
    </message>
    <message>
        <source>They stay valid: what is stamped is added behind them.</source>
        <translation>原有签名继续有效：新的印章附加在其后。</translation>
    </message>
    <message>
        <source>That seal is another person&apos;s</source>
        <translation>这枚印章属于另一位使用人</translation>
    </message>
    <message>
        <source>One person approves all stamps of a document. Stamp it again for the other.</source>
        <translation>一份文件的印章由一人一次批准。另一位的印章请再盖一次。</translation>
    </message>
    <message>
        <source>Put %1 on the page</source>
        <translation>把%1放到页面上</translation>
    </message>
    <message>
        <source>%1, only for %2</source>
        <translation>%1，仅限 %2</translation>
    </message>
    <message>
        <source>Across the edges of all pages</source>
        <translation>全部页面骑缝</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>Last page</source>
        <translation>最后一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>%1, %2 mm from the left, %3 mm from the top</source>
        <translation>%1，距左 %2 毫米，距上 %3 毫米</translation>
    </message>
    <message>
        <source>Take %1 off</source>
        <translation>移除%1</translation>
    </message>
    <message>
        <source>On pages, as in 1-3,7</source>
        <translation>所在页，例如 1-3,7</translation>
    </message>
    <message>
        <source>There are no such pages, or the seal is larger than one of them.</source>
        <translation>没有这些页，或印章比其中一页还大。</translation>
    </message>
    <message>
        <source>On all pages</source>
        <translation>盖在所有页</translation>
    </message>
    <message>
        <source>As an electronic signature of GB/T 38540</source>
        <translation>采用电子签章格式（GB/T 38540）</translation>
    </message>
    <message>
        <source>An electronic signature is of one seal</source>
        <translation>一次电子签章只能用一枚印章</translation>
    </message>
    <message>
        <source>Take the other seals off, and stamp the result again for each of them.</source>
        <translation>请移除其他印章；盖好后，再用其他印章逐一对结果文件盖章。</translation>
    </message>
    <message>
        <source>Stamp, and approve on the phone</source>
        <translation>盖章，到手机上批准</translation>
    </message>
    <message numerus="yes">
        <source>Stamp %n PDFs</source>
        <translation>
            <numerusform>%n 份 PDF 盖章</numerusform>
        </translation>
    </message>
    <message>
        <source>One approval stamps all of them. On the phone each can be left out.</source>
        <translation>在手机上批准一次即全部盖章，也可以在手机上去掉其中任何一份。</translation>
    </message>
    <message numerus="yes">
        <source>%n seal(s) on it</source>
        <translation>
            <numerusform>已放 %n 枚印章</numerusform>
        </translation>
    </message>
    <message>
        <source>No seal yet</source>
        <translation>还没有放印章</translation>
    </message>
    <message>
        <source>Leave %1 out</source>
        <translation>去掉 %1</translation>
    </message>
    <message>
        <source>Across the edges of all documents</source>
        <translation>所有文件都骑缝</translation>
    </message>
    <message>
        <source>On each of the documents one, and no more: stamp the results again for the other seals.</source>
        <translation>每份文件只能用一枚印章；其余印章请在盖章后的文件上再盖。</translation>
    </message>
    <message>
        <source>Here on the last page of all documents</source>
        <translation>所有文件的末页都盖在这里</translation>
    </message>
    <message>
        <source>Here on the first page of all documents</source>
        <translation>所有文件的首页都盖在这里</translation>
    </message>
    <message>
        <source>Click a seal to put it at the foot of the page, or drag it onto the page. Then move it with the mouse or the arrow keys.</source>
        <translation>点一下印章，它会放到页面右下角；也可以把印章拖到页面上。之后用鼠标或方向键移动。</translation>
    </message>
    <message>
        <source>A list of pages of %1 is wrong: put it right first.</source>
        <translation>%1 的页码写得不对：请先改正。</translation>
    </message>
    <message>
        <source>A list of pages is wrong: put it right first.</source>
        <translation>页码写得不对：请先改正。</translation>
    </message>
    <message>
        <source>%1 has no seal yet.</source>
        <translation>%1 还没有放印章。</translation>
    </message>
    <message>
        <source>Put a seal on a page first.</source>
        <translation>请先在页面上放一个印章。</translation>
    </message>
    <message>
        <source>%1 cannot be stamped: take it out of the list, or it stays as it is.</source>
        <translation>%1 不能盖章：请把它移出列表，否则它保持原样。</translation>
    </message>
</context>
<context>
    <name>StatusPage</name>
    <message>
        <source>Seal a bid</source>
        <translation>加密投标文件</translation>
    </message>
    <message>
        <source>Encrypted envelopes (.hufu) for you and your colleagues</source>
        <translation>生成只有您和同事能打开的信封（.hufu）</translation>
    </message>
    <message>
        <source>Hufu desk</source>
        <translation>虎符电脑端</translation>
    </message>
    <message>
        <source>Not enrolled yet</source>
        <translation>尚未登记</translation>
    </message>
    <message>
        <source>Enrol this computer with your phone once. Then it may ask for signatures and open files; until then it can do nothing.</source>
        <translation>请先用手机登记这台电脑。登记后才能在这里签名和解密文件；未登记时什么也做不了。</translation>
    </message>
    <message>
        <source>Name of this computer, as you will see it on the phone</source>
        <translation>这台电脑的名称（会显示在手机上）</translation>
    </message>
    <message>
        <source>Enrol this computer</source>
        <translation>登记这台电脑</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Prove with your phone who you are</source>
        <translation>用手机证明您的身份</translation>
    </message>
    <message>
        <source>Plain SM2 signature</source>
        <translation>SM2 裸签名</translation>
    </message>
    <message>
        <source>Open encrypted files</source>
        <translation>解密文件</translation>
    </message>
    <message>
        <source>Computer&apos;s number %1</source>
        <translation>电脑编号 %1</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>This computer was removed</source>
        <translation>这台电脑已被移除</translation>
    </message>
    <message>
        <source>On the phone or by the company&apos;s administrator: it can ask for nothing until it is enrolled again. (%1)</source>
        <translation>在手机上或由企业管理员移除。重新登记之前不能发起任何操作。（%1）</translation>
    </message>
    <message>
        <source>This computer waits for your administrator</source>
        <translation>这台电脑待管理员批准</translation>
    </message>
    <message>
        <source>Your company asks an administrator to approve each computer: in the console, on the page Computers, by the number below. Until then it can ask for nothing.</source>
        <translation>贵公司规定电脑要经管理员批准才能使用：请管理员在企业控制台的“电脑”页按下方编号批准。在此之前不能发起任何操作。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>办理记录</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Stamp PDFs</source>
        <translation>PDF 盖章</translation>
    </message>
    <message>
        <source>One or several, with the seals that are granted to you, also across the edges</source>
        <translation>一份或多份，用授权给您的印章，也可骑缝</translation>
    </message>
    <message>
        <source>For one more person, or anew after a renewal or with another phone</source>
        <translation>给另一位使用者，或在证书更新、更换手机之后重新登记</translation>
    </message>
    <message>
        <source>Sign files</source>
        <translation>签署文件</translation>
    </message>
    <message>
        <source>Over the file itself (.sig), at most 1 MiB in all</source>
        <translation>直接对文件签名（.sig），合计不超过 1 MiB</translation>
    </message>
    <message>
        <source>Bid envelopes (.hufu), other software&apos;s (.p7m) or SM2 ciphertext</source>
        <translation>投标文件信封（.hufu）、其他软件的信封（.p7m）或 SM2 密文</translation>
    </message>
    <message>
        <source>A signature file for each (.p7s), up to 64 at once; of a colleague&apos;s signature file: yours is added</source>
        <translation>每个文件各生成一个签名文件（.p7s），一次最多 64 个；选择同事的签名文件时，会加上您的签名</translation>
    </message>
    <message>
        <source>Encrypt files</source>
        <translation>加密文件</translation>
    </message>
    <message>
        <source>For colleagues, or for anybody by their certificate (.p7m); no bids</source>
        <translation>发给同事，或凭证书发给任何人（.p7m）；不用于投标</translation>
    </message>
    <message>
        <source>PDF documents (*.pdf *.PDF)</source>
        <translation>PDF 文件 (*.pdf *.PDF)</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
</context>
<context>
    <name>SupportPage</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Run the self-test</source>
        <translation>运行自检</translation>
    </message>
    <message>
        <source>Finds what keeps an approval from going through</source>
        <translation>查找操作不能完成的原因</translation>
    </message>
    <message>
        <source>All error codes</source>
        <translation>全部错误码</translation>
    </message>
    <message>
        <source>HF-100 and so on: the cause, and what to do</source>
        <translation>HF-100 等错误码的原因和处理办法</translation>
    </message>
    <message>
        <source>Your company&apos;s administrator helps</source>
        <translation>企业管理员可以帮您</translation>
    </message>
    <message>
        <source>The phone is lost or stolen</source>
        <translation>手机丢失或被盗</translation>
    </message>
    <message>
        <source>The PIN is forgotten</source>
        <translation>忘记 PIN</translation>
    </message>
    <message>
        <source>Somebody sent you a code to scan</source>
        <translation>有人发来二维码让您扫</translation>
    </message>
    <message>
        <source>Refuse it with &quot;I did not start this&quot;, and tell the administrator.</source>
        <translation>请选择“不是我发起的”拒绝，并告诉管理员。</translation>
    </message>
    <message>
        <source>Tell whoever helps you</source>
        <translation>请告诉帮助您的人</translation>
    </message>
    <message>
        <source>Account number</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Never tell anybody your PIN or an SMS code. Nobody who helps you needs them.</source>
        <translation>不要把 PIN 和短信验证码告诉任何人，帮助您的人也不需要它们。</translation>
    </message>
    <message>
        <source>Send a case to support</source>
        <translation>向客服提交问题</translation>
    </message>
    <message>
        <source>What went wrong? (optional)</source>
        <translation>遇到了什么问题？（选填）</translation>
    </message>
    <message>
        <source>Sent with it, besides the last error codes: %1</source>
        <translation>除最近的错误码外，还会附上：%1</translation>
    </message>
    <message>
        <source>No name, number, file or key.</source>
        <translation>不含姓名、号码、文件或密钥。</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已提交</translation>
    </message>
    <message>
        <source>Name this number when you call:</source>
        <translation>联系客服时请报此编号：</translation>
    </message>
    <message>
        <source>The phone is sold or given away</source>
        <translation>手机要卖掉或送人</translation>
    </message>
    <message>
        <source>First revoke the certificate (Me, Certificate), unless you go on with it elsewhere, then take the shield off the phone (Me, “Log out”).</source>
        <translation>如果不再在别处使用，请先吊销证书（“我的”→“证书”），再从手机上移除手机盾（“我的”→“退出登录”）。</translation>
    </message>
    <message>
        <source>The certificate ends</source>
        <translation>证书快到期</translation>
    </message>
    <message>
        <source>The old keys stay and go on opening what is sealed for them.</source>
        <translation>旧密钥会保留，仍可解密此前为其加密的文件。</translation>
    </message>
    <message>
        <source>A new phone</source>
        <translation>换手机</translation>
    </message>
    <message>
        <source>While this one works: Me, Certificate, “Renew or change the phone”: it shows a code for the new one. Without it your administrator grants a new certificate and sends you an activation link.</source>
        <translation>旧手机还能用时：“我的”→“证书”→“更新证书或更换手机”，它会显示给新手机扫的二维码。旧手机不在时，由企业管理员重新授权并发送开通链接。</translation>
    </message>
    <message>
        <source>In charge</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>用户群</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>服务时间</translation>
    </message>
    <message>
        <source>Hotline</source>
        <translation>热线</translation>
    </message>
    <message>
        <source>Whom to ask</source>
        <translation>联系谁</translation>
    </message>
    <message>
        <source>Tell them this code</source>
        <translation>请告诉对方这个错误码</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>在线客服</translation>
    </message>
    <message>
        <source>Open the chat in the browser</source>
        <translation>在浏览器中打开在线客服</translation>
    </message>
    <message>
        <source>The server has not told yet whom to ask. Ask your company&apos;s administrator.</source>
        <translation>还没有从服务器得到联系方式。请找贵公司的管理员。</translation>
    </message>
    <message>
        <source>1. At once, from any other phone or computer: tell your administrator, who chooses “Suspend” beside your certificate in the console, or call the hotline that stands above, in the console and at the portal. Then nothing is signed or opened with the shield.
2. Nobody signs without your PIN meanwhile. If somebody knows it, say so.
3. Found again: your administrator resumes it. Otherwise the grant is ended in the console, which shows who else opens its sealed bids, and a new grant activates your next phone.</source>
        <translation>1. 立即用其他手机或电脑告知管理员，由管理员在控制台您的证书旁选择“暂停”；或拨打上面的客服热线（控制台和交易平台上也有）。此后不能再用这个手机盾签名或解密。
2. 在此期间，没有您的 PIN 谁也无法签名。如果有人知道 PIN，请一并说明。
3. 手机找回后由管理员恢复；找不回的，由管理员在控制台终止授权，届时会显示还有谁能解密它的已加密的投标文件，再由新的授权在新手机上开通。</translation>
    </message>
    <message>
        <source>Nobody can read it back, and unlocking only helps who knows it. Do not guess: ask your administrator for a new grant. Its link makes new keys under a new PIN, on this phone or another. Sealed bids that only the forgotten PIN opens stay shut; who else opens each, the console&apos;s hand-over page says.</source>
        <translation>PIN 无法找回，解除锁定只对记得 PIN 的人有用。请不要猜：请管理员重新授权，用新的开通链接在这部或另一部手机上生成新密钥、设置新 PIN。只能用忘记的 PIN 解密的投标文件将无法打开；每份文件还有谁能解密，控制台的交接页上可以看到。</translation>
    </message>
</context>
<context>
    <name>TermsPage</name>
    <message>
        <source>Agreements</source>
        <translation>协议</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Show the window</source>
        <translation>显示窗口</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Hufu desk</source>
        <translation>虎符电脑端</translation>
    </message>
    <message>
        <source>The phone has approved.</source>
        <translation>手机已批准。</translation>
    </message>
    <message>
        <source>It did not work. Open the window to see why.</source>
        <translation>操作未成功，请打开窗口查看原因。</translation>
    </message>
    <message>
        <source>%1 (%2) is to be opened at %3.</source>
        <translation>%1（%2）将于 %3 开标。</translation>
    </message>
    <message numerus="yes">
        <source>%n sealed bids are to be opened, the first at %1.</source>
        <translation>
            <numerusform>%n 份已加密的投标文件将要开标，最早 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>As things stand, not all would open. Open the window to see why.</source>
        <translation>照现在的情况，不是都能解密。请打开窗口查看原因。</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Hufu</source>
        <translation>虎符</translation>
    </message>
    <message>
        <source>Activation is not finished</source>
        <translation>开通尚未完成</translation>
    </message>
    <message>
        <source>Your keys are made. Enter your PIN to get the certificates.</source>
        <translation>密钥已生成。输入 PIN 即可继续领取证书。</translation>
    </message>
    <message>
        <source>Continue activation</source>
        <translation>继续开通</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Activate this phone</source>
        <translation>立即开通</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>My other certificates</source>
        <translation>我的其他证书</translation>
    </message>
    <message>
        <source>Scan, read, approve</source>
        <translation>扫一扫，看清楚，再批准</translation>
    </message>
    <message>
        <source>Only with your PIN</source>
        <translation>只有您的 PIN 才行</translation>
    </message>
    <message>
        <source>Your signature in two halves: one on this phone, one in safe keeping. The key never exists in one piece.</source>
        <translation>签名密钥分为两半：一半在本手机，一半由服务器保管。密钥从不以完整形式存在。</translation>
    </message>
    <message>
        <source>The computer shows a code. You scan it, read here what it is for, and approve or refuse.</source>
        <translation>电脑显示二维码，您用手机扫码，在这里看清要办的事，再批准或拒绝。</translation>
    </message>
    <message>
        <source>Without your PIN neither half does anything. Nobody who helps you needs it.</source>
        <translation>没有您的 PIN，两半密钥都不会动作。任何为您提供帮助的人都不需要它。</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>You have begun already</source>
        <translation>开通已开始</translation>
    </message>
    <message>
        <source>Link and number are still here. Go on where you were.</source>
        <translation>链接和手机号已保留，可接着办理。</translation>
    </message>
    <message>
        <source>Use another link</source>
        <translation>换一个链接</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Activation of this phone</source>
        <translation>开通本机</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Sign files</source>
        <translation>签署文件</translation>
    </message>
    <message>
        <source>Stamp documents</source>
        <translation>文件盖章</translation>
    </message>
    <message>
        <source>Seal a bid</source>
        <translation>加密投标文件</translation>
    </message>
    <message>
        <source>Open encrypted files</source>
        <translation>解密文件</translation>
    </message>
    <message>
        <source>Enrol this computer</source>
        <translation>登记这台电脑</translation>
    </message>
    <message>
        <source>Request a certificate</source>
        <translation>申请证书</translation>
    </message>
    <message>
        <source>Request an encryption certificate</source>
        <translation>申请加密证书</translation>
    </message>
    <message>
        <source>Trial decryption</source>
        <translation>试解密</translation>
    </message>
    <message>
        <source>Trial signature</source>
        <translation>试签名</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>修改 PIN</translation>
    </message>
    <message>
        <source>You log in to this platform as yourself.</source>
        <translation>您将以本人身份登录该平台。</translation>
    </message>
    <message>
        <source>You sign the files below. A signature binds you and your company.</source>
        <translation>您将签署以下文件。签名对您和企业具有约束力。</translation>
    </message>
    <message>
        <source>You stamp the documents below. A stamp binds your company.</source>
        <translation>您将在以下文件上盖章。印章对企业具有约束力。</translation>
    </message>
    <message>
        <source>You sign and seal the bid below until its opening hour.</source>
        <translation>您将签署并加密以下投标文件，直到开标时间。</translation>
    </message>
    <message>
        <source>The files below are opened, and only this computer can read them.</source>
        <translation>以下文件将被解密，只有这台电脑能读取。</translation>
    </message>
    <message>
        <source>From now on this computer may ask you to sign and to open files.</source>
        <translation>登记后，这台电脑可以请求您签名和解密文件。</translation>
    </message>
    <message>
        <source>A signature on trial: it binds nobody.</source>
        <translation>试签名，不产生任何约束力。</translation>
    </message>
    <message>
        <source>A decryption on trial: nothing of yours is opened.</source>
        <translation>试解密，不会打开您的任何文件。</translation>
    </message>
    <message>
        <source>The phone and the server renew their shares under the new PIN.</source>
        <translation>手机与服务器将在新 PIN 下刷新各自的密钥分量。</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已签署</translation>
    </message>
    <message>
        <source>Stamped</source>
        <translation>已盖章</translation>
    </message>
    <message>
        <source>Bid sealed</source>
        <translation>投标文件已加密</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>已解密</translation>
    </message>
    <message>
        <source>Computer enrolled</source>
        <translation>电脑已登记</translation>
    </message>
    <message>
        <source>The trial signature is in order</source>
        <translation>试签名正常</translation>
    </message>
    <message>
        <source>The trial decryption is in order</source>
        <translation>试解密正常</translation>
    </message>
    <message>
        <source>PIN changed</source>
        <translation>PIN 已修改</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Service agreement</source>
        <translation>服务协议</translation>
    </message>
    <message>
        <source>Privacy policy</source>
        <translation>隐私政策</translation>
    </message>
    <message>
        <source>Certificate agreement</source>
        <translation>数字证书使用协议</translation>
    </message>
    <message>
        <source>Hufu keeps one share of your key on this phone and one on its server. Neither can sign alone. You approve each act by PIN, and you are bound by what you approve.</source>
        <translation>虎符把您的密钥分为两份，一份在本机，一份在服务器，任何一份都不能单独签名。每次操作由您用 PIN 批准，您对所批准的内容负责。</translation>
    </message>
    <message>
        <source>Your phone number and identity are used to issue your certificate and to protect it. Files stay on your computer; the server sees their digest, and only a file that you sign bare.</source>
        <translation>您的手机号和身份信息仅用于签发和保护证书。文件保留在您的电脑上；服务器只看到文件摘要，只有裸签名的文件会经过服务器。</translation>
    </message>
    <message>
        <source>The certificate names you and your company. Keep the phone and the PIN to yourself, and have the certificate revoked when either is lost.</source>
        <translation>证书载明您和您的企业。请妥善保管手机和 PIN，如有遗失请及时吊销证书。</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n 字节</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 KiB</source>
        <translation>%1 KiB</translation>
    </message>
    <message>
        <source>%1 MiB</source>
        <translation>%1 MiB</translation>
    </message>
    <message>
        <source>%1 GiB</source>
        <translation>%1 GiB</translation>
    </message>
    <message>
        <source>Recovery after a copy</source>
        <translation>复制事件后的恢复</translation>
    </message>
    <message>
        <source>The shield is yours again</source>
        <translation>手机盾已恢复</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>已被替换</translation>
    </message>
    <message>
        <source>Long past</source>
        <translation>早已过期</translation>
    </message>
    <message>
        <source>Others can open it, you cannot</source>
        <translation>其他人可以解密，您不能</translation>
    </message>
    <message>
        <source>This phone will open it</source>
        <translation>这台手机可以解密</translation>
    </message>
    <message>
        <source>This phone is frozen</source>
        <translation>这台手机已冻结</translation>
    </message>
    <message>
        <source>The server cannot be reached</source>
        <translation>无法连接服务器</translation>
    </message>
    <message>
        <source>This phone&apos;s clock is wrong</source>
        <translation>手机时间不正确</translation>
    </message>
    <message>
        <source>A test is due</source>
        <translation>该试解密了</translation>
    </message>
    <message>
        <source>It can be opened now</source>
        <translation>现在可以解密</translation>
    </message>
    <message>
        <source>No key of this phone opens it</source>
        <translation>这台手机没有能解密它的密钥</translation>
    </message>
    <message>
        <source>In its hour one of those below has to be there.</source>
        <translation>开标时，下列人员中必须有一人在场。</translation>
    </message>
    <message>
        <source>The last test is in order. Keep phone and PIN at hand.</source>
        <translation>上次试解密正常。请保管好手机和 PIN。</translation>
    </message>
    <message>
        <source>Ask your administrator to unfreeze it before the opening.</source>
        <translation>请在开标前联系管理员解冻。</translation>
    </message>
    <message>
        <source>Without the server&apos;s half nothing opens. Check the network.</source>
        <translation>没有服务器的那一半就无法解密。请检查网络。</translation>
    </message>
    <message>
        <source>Turn on automatic time.</source>
        <translation>请打开自动设置时间。</translation>
    </message>
    <message>
        <source>A trial decryption shows in time whether phone, PIN and server work together. It counts as nothing else.</source>
        <translation>试解密能及早看出手机、PIN 和服务器能否配合，不算作其他操作。</translation>
    </message>
    <message>
        <source>At the computer choose the file, scan, and type the PIN.</source>
        <translation>在电脑上选择文件，扫码，输入 PIN。</translation>
    </message>
    <message>
        <source>Ask your administrator before the opening.</source>
        <translation>请在开标前联系管理员。</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>Company seal</source>
        <translation>企业公章</translation>
    </message>
    <message>
        <source>Legal person&apos;s seal</source>
        <translation>法定代表人印章</translation>
    </message>
    <message>
        <source>Finance seal</source>
        <translation>财务专用章</translation>
    </message>
    <message>
        <source>Contract seal</source>
        <translation>合同专用章</translation>
    </message>
    <message>
        <source>Renew or change the phone</source>
        <translation>更新证书或更换手机</translation>
    </message>
    <message>
        <source>You vouch for new keys of your own. Once they are active, the keys of now only open any more.</source>
        <translation>您为自己的新密钥作保。新密钥开通后，现有密钥只能用于解密。</translation>
    </message>
    <message>
        <source>The server has the same</source>
        <translation>与服务器记录一致</translation>
    </message>
    <message>
        <source>Differs from the server&apos;s record</source>
        <translation>与服务器记录不同</translation>
    </message>
    <message>
        <source>The server knows nothing of it</source>
        <translation>服务器没有这条记录</translation>
    </message>
    <message>
        <source>Not compared with the server yet</source>
        <translation>尚未与服务器核对</translation>
    </message>
    <message>
        <source>Revoke the certificate</source>
        <translation>吊销证书</translation>
    </message>
    <message>
        <source>Your certificate is revoked for good: nobody accepts it any more, and what is sealed for it can still be opened here.</source>
        <translation>您的证书将被永久吊销：不再被任何平台接受；为它加密的文件在本机仍可解密。</translation>
    </message>
    <message>
        <source>Certificate revoked</source>
        <translation>证书已吊销</translation>
    </message>
    <message>
        <source>Confirm for your company</source>
        <translation>企业授权确认</translation>
    </message>
    <message>
        <source>You confirm what is named below, and it is done for your company in the console. Your signature stands for it.</source>
        <translation>您确认下面的内容后，企业控制台即为企业执行这项操作。您的签名作为凭证保存。</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Opens files only</source>
        <translation>只能解密文件</translation>
    </message>
    <message>
        <source>Logs in, signs, seals and opens bids</source>
        <translation>登录、签名、加密和解密投标文件</translation>
    </message>
    <message>
        <source>Files can still be opened. For another certificate ask your administrator for a new grant.</source>
        <translation>文件仍可解密。需要新证书时，请企业管理员重新授权。</translation>
    </message>
    <message>
        <source>Renew it on this phone before it ends, on the page Certificate, with the PIN, an SMS code and an identity check. Afterwards only your administrator can grant another.</source>
        <translation>请在到期前在本机的“证书”页更新，需要 PIN、短信验证码和身份核验。到期后只能由企业管理员重新授权。</translation>
    </message>
    <message>
        <source>The old keys stay beside the new ones and go on opening what is sealed for them.</source>
        <translation>旧密钥与新密钥并存，仍可解密此前为其加密的文件。</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>剩 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>After 30 wrong PINs the server destroyed its half of the sign key. Files can still be opened. For signing, your administrator has to grant a new certificate.</source>
        <translation>累计输错 PIN 达 30 次，服务器已销毁它那一半签名密钥。仍可解密文件；要继续签名，请企业管理员重新授权证书。</translation>
    </message>
    <message numerus="yes">
        <source>%n wrong PIN(s) since it was last changed. At 30 this shield can no longer sign. If that was not you, tell your administrator.</source>
        <translation>
            <numerusform>上次修改 PIN 以来已输错 %n 次。累计 30 次后将不能再签名。如果不是您本人输错的，请告知企业管理员。</numerusform>
        </translation>
    </message>
    <message>
        <source>This phone is locked after wrong PINs</source>
        <translation>这台手机因 PIN 输错已锁定</translation>
    </message>
    <message>
        <source>The light at home says how long. If that is too late: ask your administrator to have it unlocked, or have one of those below open the bid.</source>
        <translation>首页的状态会显示还要等多久。如果来不及：请管理员申请解锁，或请下面列出的其他人解密。</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>SM3 of the envelope&apos;s key</source>
        <translation>信封密钥的 SM3</translation>
    </message>
    <message>
        <source>SM3 of the trial ciphertext</source>
        <translation>试解密密文的 SM3</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Sign a file</source>
        <translation>文件签名</translation>
    </message>
    <message>
        <source>Stamp a PDF</source>
        <translation>PDF 盖章</translation>
    </message>
    <message>
        <source>Seal a bid</source>
        <translation>加密投标文件</translation>
    </message>
    <message>
        <source>Open encrypted files</source>
        <translation>解密文件</translation>
    </message>
    <message>
        <source>Enrol this computer</source>
        <translation>登记这台电脑</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>In part</source>
        <translation>部分完成</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ahead of the server&apos;s</source>
        <translation>比服务器快 %1</translation>
    </message>
    <message>
        <source>%1 behind the server&apos;s</source>
        <translation>比服务器慢 %1</translation>
    </message>
    <message>
        <source>This computer was removed</source>
        <translation>这台电脑已被移除</translation>
    </message>
    <message>
        <source>Agrees with the server&apos;s clock</source>
        <translation>与服务器一致</translation>
    </message>
    <message>
        <source>Encrypt files</source>
        <translation>加密文件</translation>
    </message>
    <message>
        <source>Nobody signed it: nothing proves whose it is</source>
        <translation>没有人签名：无法证明是谁的</translation>
    </message>
    <message>
        <source>Sealed by %1</source>
        <translation>加密人：%1</translation>
    </message>
    <message>
        <source>Sealed by %1. Not checked: whether the certificate was revoked</source>
        <translation>加密人：%1。未能核对其证书是否已被吊销</translation>
    </message>
    <message>
        <source>Sealed by %1, with a certificate that was not valid then</source>
        <translation>加密人：%1，当时其证书不在有效期内</translation>
    </message>
    <message>
        <source>Sealed by %1, whose certificate was revoked since</source>
        <translation>加密人：%1，其证书后来已被吊销</translation>
    </message>
    <message>
        <source>Signed with the certificate of %1, which is revoked: it may be by somebody else</source>
        <translation>用 %1 的证书签名，但该证书已被吊销：可能不是本人所为</translation>
    </message>
</context>
<context>
    <name>WorkingPage</name>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Connecting to the server…</source>
        <translation>正在连接服务器…</translation>
    </message>
    <message>
        <source>Fetching the request…</source>
        <translation>正在获取请求内容…</translation>
    </message>
    <message>
        <source>Phone and server sign together…</source>
        <translation>手机与服务器正在共同签名…</translation>
    </message>
    <message>
        <source>Phone and server decrypt together…</source>
        <translation>手机与服务器正在共同解密…</translation>
    </message>
    <message>
        <source>Telling the computer…</source>
        <translation>正在通知电脑…</translation>
    </message>
    <message>
        <source>Renewing the shares…</source>
        <translation>正在刷新密钥分量…</translation>
    </message>
    <message>
        <source>Preparing the trial…</source>
        <translation>正在准备演练…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Renewing all shares…</source>
        <translation>正在刷新全部密钥分量…</translation>
    </message>
    <message>
        <source>Do not wait: home shows how it ended</source>
        <translation>不再等待，首页会显示结果</translation>
    </message>
</context>
</TS>
