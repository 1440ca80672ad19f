using System.Security.Cryptography;
using System.Text;

namespace Brigade.Analysis.Reports.Html;

/// <summary>The one style sheet of reports, and the policy that allows it and nothing else.</summary>
internal static class HtmlStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--back:#fff;--card:#f5f6f8;--text:#1a2129;--soft:#4d5966;--line:#d5dbe1;--good:#1a6e3c;--bad:#b3261e;--mind:#8a5300;--link:#0b5f73;
        --sequential:#59636e;--threads:#0064a8;--async:#c2410c;--pool:#93357a;--processes:#007a5a;--process-per-task:#8a6a00}
        @media (prefers-color-scheme:dark){:root{--back:#11161c;--card:#1a2129;--text:#e6eaee;--soft:#a7b2bd;--line:#2d3742;--good:#6fce97;--bad:#ff8f85;--mind:#f0b45a;--link:#63c4d8;
        --sequential:#a3adb8;--threads:#5ab4f0;--async:#ff9161;--pool:#e595cd;--processes:#3fcf9f;--process-per-task:#e6cb52}}
        @media print{:root{color-scheme:light;--back:#fff;--card:#fff;--text:#000;--soft:#333;--line:#999;--good:#14532d;--bad:#8c1d16;--mind:#6b4100;
        --sequential:#59636e;--threads:#0064a8;--async:#c2410c;--pool:#93357a;--processes:#007a5a;--process-per-task:#8a6a00}
        body{max-width:none;padding:0;font-size:10pt}.scroll{overflow:visible}figure,tr,.card{break-inside:avoid}h2{break-after:avoid}.no-print{display:none}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:1000px;padding:24px 20px 48px;background:var(--back);color:var(--text);font:15px/1.5 -apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans","DejaVu Sans",Arial,sans-serif}
        h1{font-size:1.6rem;line-height:1.25;margin:0 0 4px;overflow-wrap:anywhere}h2{font-size:1.15rem;margin:32px 0 8px}h3{font-size:1rem;margin:0 0 8px}
        p{margin:0 0 8px;overflow-wrap:anywhere}.soft,figcaption p{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad)}.mind{color:var(--mind)}
        .card,figure{margin:0 0 16px;padding:14px 16px;border:1px solid var(--line);border-radius:8px;background:var(--card)}
        ul{margin:0;padding-left:20px}li{margin-bottom:6px;overflow-wrap:anywhere}
        .charts{display:grid;gap:16px;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr))}.charts figure{margin:0}
        svg{display:block;width:100%;height:auto;max-width:560px}
        svg text{font-size:12px;fill:var(--text)}svg .axis{fill:var(--soft);font-size:11px}.grid{stroke:var(--line);stroke-width:1}
        .whisker{stroke:var(--text);stroke-width:1.5}.range{stroke:currentColor;stroke-width:3}.line{stroke:currentColor;stroke-width:2.5;fill:none}.bar,.dot{fill:currentColor}
        .zero{stroke:var(--soft)}.ideal{color:var(--soft);stroke-dasharray:4 4;stroke-width:1.5}
        .s-sequential{color:var(--sequential)}.s-threads{color:var(--threads)}.s-async{color:var(--async)}.s-pool{color:var(--pool)}.s-processes{color:var(--processes)}.s-process-per-task{color:var(--process-per-task)}
        .line.r1{stroke-dasharray:8 4}.line.r2{stroke-dasharray:2 3}.line.r3{stroke-dasharray:12 4 2 4}
        .scroll{overflow-x:auto;margin-bottom:16px}.scroll:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{padding:6px 10px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
        thead th{white-space:nowrap;color:var(--soft);font-weight:600}tbody th{font-weight:500}.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        pre{margin:0;padding:12px;overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--card);font:13px/1.5 ui-monospace,Menlo,Consolas,"Liberation Mono",monospace}
        summary{cursor:pointer;font-weight:600;margin-bottom:8px}
        """;

    /// <summary>Nothing is loaded, sent or run; only the style sheet above is allowed, by its hash.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'; base-uri 'none'; form-action 'none'";
}
