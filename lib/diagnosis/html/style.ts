import { markup } from '#lib/text/markup.ts'

/** The colours of Why1006 in both themes; on paper the light one. */
export const STYLE = markup`<style>
:root{color-scheme:light dark;--ground:#f5f6f8;--panel:#fff;--raised:#f0f2f5;--line:#e2e6ec;--text:#12171e;--soft:#4d5867;--alive:#0a766b;--waiting:#8f5b08;--dead:#c62f2b;--unknown:#4d5867;--alive-tint:#e9f5f3;--waiting-tint:#faf3e6;--dead-tint:#fdf0ef;--unknown-tint:#eceff3}
@media screen and (prefers-color-scheme:dark){:root{--ground:#0b0e12;--panel:#11151b;--raised:#171c24;--line:#222934;--text:#e7ebf1;--soft:#a4aebd;--alive:#2fd6bd;--waiting:#f2b84b;--dead:#ff6b66;--unknown:#a4aebd;--alive-tint:#12292b;--waiting-tint:#2a251a;--dead-tint:#2e1a1f;--unknown-tint:#1d242d}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:880px;padding:24px 16px;background:var(--ground);color:var(--text);font:14px/1.5 Geist,system-ui,sans-serif;overflow-wrap:anywhere}
header,footer{padding:0 4px 12px}
footer{padding-top:12px;color:var(--soft);font-size:12px}
p,ul,ol,table{margin:0 0 10px}
ul,ol{padding-left:20px}
li{margin-bottom:4px}
h1{margin:0 0 10px;font-size:22px;line-height:1.3}
h2{margin:0 0 8px;font-size:15px}
.verdict h2{margin-top:18px;border-top:1px solid var(--line);padding-top:12px}
h3{margin:0 0 6px;font-size:14px}
section{margin:0 0 12px;padding:16px;border:1px solid var(--line);border-radius:6px;background:var(--panel)}
article{margin-top:14px}
.soft{color:var(--soft)}
.mono,pre,code{font:12px/1.6 "Geist Mono",ui-monospace,monospace}
.url{margin:0;font-size:15px}
.from{color:var(--soft)}
pre{margin:0 0 10px;padding:10px 12px;border:1px solid var(--line);border-radius:6px;background:var(--ground);white-space:pre-wrap}
pre span{display:block}
.added{color:var(--alive)}
.removed{color:var(--dead)}
.kept{color:var(--soft)}
.badge{display:inline-block;padding:1px 9px;border-radius:99px;font-size:12px;font-weight:500;line-height:1.6;vertical-align:middle;white-space:nowrap}
.badge.alive{background:var(--alive-tint);color:var(--alive)}
.badge.waiting{background:var(--waiting-tint);color:var(--waiting)}
.badge.dead{background:var(--dead-tint);color:var(--dead)}
.badge.unknown{background:var(--unknown-tint);color:var(--unknown)}
table{width:100%;border-collapse:collapse}
th,td{padding:3px 12px 3px 0;text-align:left;vertical-align:top}
th{width:22%;min-width:92px;font-weight:500}
.path th,.path td:nth-child(2){width:1%;padding-right:24px;white-space:nowrap}
tr.broken th,tr.broken td{color:var(--dead)}
summary{color:var(--soft);cursor:pointer}
@media print{body{max-width:none;padding:0;background:#fff;font-size:11pt}section{padding:0 0 8px;border:0}h1,h2,h3{break-after:avoid}article,li,tr{break-inside:avoid}.badge{border:1px solid}}
</style>`
