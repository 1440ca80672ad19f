namespace Brigade.Web.Tests.Support;

/// <summary>Text that runs a script where a page takes it for markup.</summary>
internal static class XssPayloads
{
    public static IReadOnlyList<string> All { get; } =
    [
        "<script>alert(1)</script>", "<SCRIPT SRC=//x.example/x.js></SCRIPT>", "<img src=x onerror=alert(1)>", "<img src=\"x\" onerror=\"alert(1)\">", "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
        "<body onload=alert(1)>", "<iframe src=javascript:alert(1)>", "<iframe srcdoc='<script>alert(1)</script>'>", "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>",
        "<a href=javascript:alert(1)>x</a>", "<a href='data:text/html,<script>alert(1)</script>'>x</a>", "<input autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)>", "<textarea autofocus onfocus=alert(1)>",
        "<details open ontoggle=alert(1)>", "<video src=x onerror=alert(1)>", "<audio src=x onerror=alert(1)>", "<marquee onstart=alert(1)>", "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
        "<form action=javascript:alert(1)><button>x</button></form>", "<button formaction=javascript:alert(1)>x</button>", "<isindex action=javascript:alert(1)>", "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
        "<link rel=stylesheet href=javascript:alert(1)>", "<style>@import 'javascript:alert(1)';</style>", "<div style='background:url(javascript:alert(1))'>", "<base href=javascript:alert(1)//>", "<template><script>alert(1)</script></template>",
        "\"><script>alert(1)</script>", "'><script>alert(1)</script>", "\" onmouseover=\"alert(1)", "' onmouseover='alert(1)", "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "</style><script>alert(1)</script>",
        "--><script>alert(1)</script>", "]]><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
        "vbscript:msgbox(1)", "https://x.example/\"onmouseover=\"alert(1)", "https://x.example/<script>alert(1)</script>", "http://javascript:alert(1)@x.example", "`<img src=x onerror=alert(1)>`", "**<img src=x onerror=alert(1)>**",
        "@<b>onerror</b>", "[x](javascript:alert(1))", "![x](javascript:alert(1))", "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "&lt;script&gt;alert(1)&lt;/script&gt;", "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "%3Cscript%3Ealert(1)%3C/script%3E",
    ];
}
