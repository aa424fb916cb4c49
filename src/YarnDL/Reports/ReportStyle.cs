namespace YarnDL.Reports;

/// <summary>The page's style sheet: light and dark by the reader's setting, readable on paper.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--text:#1b2330;--soft:#5b6676;--line:#dfe3e9;--accent:20 110 190;--wrong:205 70 40;--good:#1a7f4b;--bad:#b3361f;
        --c0:#1f77c9;--c1:#e07a1f;--c2:#2e9e5b;--c3:#a24cc2;--c4:#c43d5c;--c5:#00838f}
        @media(prefers-color-scheme:dark){:root{--ground:#12161c;--card:#1a2028;--text:#e4e9f0;--soft:#95a1b1;--line:#2d3642;--accent:90 170 245;--wrong:245 120 85;--good:#4cc38a;--bad:#f0806a;
        --c0:#5aaaf5;--c1:#f2a65a;--c2:#5fd08f;--c3:#c98be2;--c4:#f0809a;--c5:#4dc4cf}}
        *{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
        main{max-width:1180px;margin:0 auto;padding:28px 20px 60px}header{display:flex;flex-wrap:wrap;align-items:baseline;gap:8px 16px;margin-bottom:18px}
        h1{font-size:26px;margin:0;letter-spacing:-.01em}h2{font-size:17px;margin:34px 0 12px}header p{margin:0;color:var(--soft);flex-basis:100%}
        .badge{font-size:13px;font-weight:600;padding:2px 10px;border-radius:99px;border:1px solid currentColor;color:var(--good)}.badge.bad{color:var(--bad)}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;padding:0;margin:0;list-style:none}
        .tiles li,figure,.card{background:var(--card);border:1px solid var(--line);border-radius:10px}
        .tiles li{padding:12px 14px}.tiles b{display:block;font-size:23px;font-weight:650;font-variant-numeric:tabular-nums}.tiles span{color:var(--soft);font-size:13px}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,345px),1fr));gap:14px}figure{margin:0;padding:14px 14px 10px}figcaption{font-weight:600;margin-bottom:4px}
        svg{display:block;width:100%;height:auto}svg text{font:11.5px system-ui,sans-serif;fill:var(--soft)}.grid{stroke:var(--line);stroke-width:1}.axis{stroke:var(--soft);stroke-width:1}
        polyline{fill:none;stroke-width:2;stroke-linejoin:round}polyline.fine{stroke-width:1.2;opacity:.85}
        polyline.c0{stroke:var(--c0)}polyline.c1{stroke:var(--c1)}polyline.c2{stroke:var(--c2)}polyline.c3{stroke:var(--c3)}polyline.c4{stroke:var(--c4)}polyline.c5{stroke:var(--c5)}
        circle.c0{fill:var(--c0)}circle.c1{fill:var(--c1)}circle.c2{fill:var(--c2)}circle.c3{fill:var(--c3)}circle.c4{fill:var(--c4)}circle.c5{fill:var(--c5)}
        .legend{display:flex;flex-wrap:wrap;gap:2px 16px;list-style:none;margin:4px 0 0;padding:0;color:var(--soft);font-size:13px}.legend span{display:inline-block;width:14px;height:4px;border-radius:2px;margin-right:6px;vertical-align:middle}
        span.c0{background:var(--c0)}span.c1{background:var(--c1)}span.c2{background:var(--c2)}span.c3{background:var(--c3)}span.c4{background:var(--c4)}span.c5{background:var(--c5)}
        .card{padding:14px;overflow-x:auto}.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:14px;align-items:start}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{padding:4px 12px 4px 0;text-align:right;white-space:nowrap}th{color:var(--soft);font-weight:600;font-size:13px}th:first-child,td:first-child{text-align:left}
        tbody tr{border-top:1px solid var(--line)}.wide{width:100%}.heat{margin:0 auto}.heat th,.heat td{text-align:center;padding:0;width:46px;height:34px;border:2px solid var(--card);border-radius:4px;font-size:13px}.heat tr{border:0}
        .heat td.hit{background:rgb(var(--accent)/calc(var(--v)*.85))}.heat td.miss{background:rgb(var(--wrong)/calc(var(--v)*.85))}.heat th.side{width:auto;padding:0 8px;white-space:nowrap}
        pre{margin:0;font:12.5px/1.45 ui-monospace,"SF Mono",Menlo,Consolas,monospace;white-space:pre;overflow-x:auto}code{font:12.5px ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
        .facts td{text-align:left;white-space:normal;vertical-align:top}.facts td:first-child{color:var(--soft);white-space:nowrap}.note{color:var(--soft);font-size:13px;margin:8px 0 0}
        @media print{body{background:#fff}main{max-width:none}figure,.card{break-inside:avoid}}
        """;
}
