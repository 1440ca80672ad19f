using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>
/// Markup and scripts in every text that people, files and programs bring: no page and no report makes elements of them, and no script runs. On a server of its own, whose every name is one of them.
/// </summary>
public sealed class HostileTextTests : IAsyncLifetime
{
    private const string Token = "hostile-text-0123456789abcdef0123456789abcdef";

    // A payload that becomes an element has the attribute data-xss; one that becomes a script sets a global. The policy of content would stop many a script, so the element already counts.
    private const string Look = """
        () => [
          window.__xss ? 'a script ran' : '',
          ...[...document.querySelectorAll('[data-xss], script:not([src]):not([type]), iframe, object, embed, math, base[href*="evil"], meta[http-equiv="refresh"]')].map(found => 'element ' + found.outerHTML.slice(0, 200)),
          ...[...document.querySelectorAll('*')].filter(found => [...found.attributes].some(one => one.name.startsWith('on') || /^\s*(javascript|vbscript|data:text)/i.test(one.value) && /^(href|src|action|formaction|xlink:href)$/.test(one.name))).map(found => 'attribute ' + found.outerHTML.slice(0, 200)),
        ].filter(told => told)
        """;

    private readonly Browser _browser = new();
    private readonly HttpClient _api = new();
    private BrigadeServer _server = null!;

    /// <summary>Fifty of them: elements, attributes that are left, other contexts, other spellings.</summary>
    private static IReadOnlyList<string> Payloads { get; } =
    [
        "<script data-xss>__xss=1</script>", "<script data-xss src=//evil.example/x.js></script>", "<img data-xss src=x onerror=__xss=1>", "<svg data-xss onload=__xss=1>", "<svg data-xss><script>__xss=1</script></svg>",
        "<body data-xss onload=__xss=1>", "<iframe data-xss src=javascript:__xss=1></iframe>", "<iframe data-xss srcdoc='<script>parent.__xss=1</script>'></iframe>", "<object data-xss data=javascript:__xss=1></object>", "<embed data-xss src=javascript:__xss=1>",
        "<a data-xss href=javascript:__xss=1>click</a>", "<a data-xss href='java\tscript:__xss=1'>click</a>", "<a data-xss href=data:text/html,<script>__xss=1</script>>click</a>", "[click](javascript:__xss=1)", "![x](javascript:__xss=1)",
        "[x](x 'onmouseover=__xss=1')", "<javascript:__xss=1>", "javascript:__xss=1", "\" onmouseover=\"__xss=1\" data-xss=\"", "' onmouseover='__xss=1' data-xss='",
        "\"><img data-xss src=x onerror=__xss=1>", "'><img data-xss src=x onerror=__xss=1>", "--><img data-xss src=x onerror=__xss=1>", "</title><script data-xss>__xss=1</script>", "</textarea><script data-xss>__xss=1</script>",
        "</style><script data-xss>__xss=1</script>", "</script><script data-xss>__xss=1</script>", "</svg><img data-xss src=x onerror=__xss=1>", "]]><img data-xss src=x onerror=__xss=1>", "<math data-xss><mtext><img src=x onerror=__xss=1></mtext></math>",
        "<details data-xss open ontoggle=__xss=1>", "<input data-xss autofocus onfocus=__xss=1>", "<select data-xss autofocus onfocus=__xss=1>", "<video data-xss src=x onerror=__xss=1>", "<audio data-xss src=x onerror=__xss=1>",
        "<marquee data-xss onstart=__xss=1>", "<form data-xss action=javascript:__xss=1><button>x</button></form>", "<button data-xss formaction=javascript:__xss=1 form=x>x</button>", "<base data-xss href=//evil.example/>", "<meta data-xss http-equiv=refresh content='0;url=javascript:__xss=1'>",
        "<link data-xss rel=stylesheet href=//evil.example/x.css>", "<style data-xss>*{background:url(//evil.example)}</style>", "<template data-xss><script>__xss=1</script></template>", "<noscript><p title=\"</noscript><img data-xss src=x onerror=__xss=1>\">", "'-(__xss=1)-'",
        "\\\";__xss=1;//", "${__xss=1}", "{{constructor.constructor('__xss=1')()}}", "&lt;img data-xss src=x onerror=__xss=1&gt;", "<scr<script>ipt data-xss>__xss=1</scr</script>ipt>",
    ];

    public async ValueTask InitializeAsync()
    {
        await _browser.StartAsync();
        _server = await BrigadeServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["BRIGADE_TOKEN"] = Token, ["BRIGADE_TRUST_CODE"] = "1" });
        _api.BaseAddress = _server.Address;
        _api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _browser.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task HostileTexts_InEveryStoredField_StayText()
    {
        Assert.Equal(50, Payloads.Distinct(StringComparer.Ordinal).Count());
        await AssertLookSeesAsync();
        var (imported, again) = (await ImportAsync(0.1), await ImportAsync(0.2));
        var (experiment, code) = await SubmitAsync(Code());
        var (_, command) = await SubmitAsync(Command());
        foreach (var payload in Payloads)
            await PostAsync($"experiments/{experiment}/annotations", new JsonObject { ["text"] = payload });
        await PutAsync($"experiments/{experiment}/baselines", new JsonObject { ["runId"] = code.ToString(), ["note"] = string.Concat(Payloads)[..400] });
        var page = await SignedInAsync();
        var found = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                found.Add($"{page.Url}: {message.Text}");
        };

        foreach (var path in new[]
        {
            "/", "/experiments", $"/experiments/{experiment}", $"/experiments/{experiment}/trend", "/history", $"/history?q={Uri.EscapeDataString(Payloads[0])}", $"/runs/{imported}", $"/runs/{code}", $"/runs/{command}",
            $"/compare?runs={imported},{again}", $"/compare?runs={Uri.EscapeDataString(Payloads[0])}", "/settings", "/runner", "/account", $"/nowhere/{Uri.EscapeDataString(Payloads[2])}",
        })
        {
            await page.GotoAsync(new Uri(_server.Address, path).ToString());
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            found.AddRange((await page.EvaluateAsync<string[]>(Look)).Select(told => $"{path}: {told}"));
            if (path.StartsWith("/runs/", StringComparison.Ordinal) || path.EndsWith("/trend", StringComparison.Ordinal))
                Assert.Contains("data-xss", await page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        }

        foreach (var path in new[] { $"runs/{imported}/export?as=html", $"runs/{code}/export?as=html", $"comparisons/export?runs={imported},{again}&as=html" })
        {
            // As somebody opens it who was sent the file, without any policy of ours.
            var report = await _browser.NewPageAsync();
            await report.SetContentAsync(await _api.GetStringAsync($"/api/v1/{path}"));
            found.AddRange((await report.EvaluateAsync<string[]>(Look.Replace("script:not([src]):not([type]), ", "", StringComparison.Ordinal))).Select(told => $"{path}: {told}"));
            await report.Context.CloseAsync();
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>A page that does make elements of them is told.</summary>
    private async Task AssertLookSeesAsync()
    {
        var page = await _browser.NewPageAsync();
        await page.SetContentAsync($"<body>{Payloads[2]}</body>");
        Assert.Equal(2, (await page.EvaluateAsync<string[]>(Look)).Count(told => told.Contains("onerror", StringComparison.Ordinal)));
        await page.Context.CloseAsync();
    }

    /// <summary>The owner's own name is one of them too.</summary>
    private async Task<IPage> SignedInAsync()
    {
        var page = await _browser.NewPageAsync();
        await page.GotoAsync(_server.Link.ToString());
        await page.GotoAsync(new Uri(_server.Address, "/account").ToString());
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(Payloads[2]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        return page;
    }

    private async Task<Guid> ImportAsync(double seconds)
    {
        var results = new JsonArray([.. Payloads.Select(payload => (JsonNode)new JsonObject
        {
            ["command"] = payload, ["mean"] = seconds, ["median"] = seconds, ["min"] = seconds, ["max"] = seconds, ["times"] = new JsonArray(seconds, seconds + 0.001, seconds + 0.002), ["exit_codes"] = new JsonArray(0, 0, 0),
        })]);
        using var content = new StringContent(new JsonObject { ["results"] = results }.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _api.PostAsync($"/api/v1/imports?name={Uri.EscapeDataString(Payloads[2])}&fileName={Uri.EscapeDataString(Payloads[0])}", content);
        return (await ReadAsync(response)).GetProperty("id").GetGuid();
    }

    private async Task<(Guid Experiment, Guid Run)> SubmitAsync(JsonObject spec)
    {
        var experiment = (await PostAsync("experiments", spec)).GetProperty("id").GetGuid();
        var run = (await PostAsync("runs", new JsonObject { ["experimentId"] = experiment.ToString() })).GetProperty("id").GetGuid();
        JsonElement seen;
        do
        {
            seen = await _api.GetFromJsonAsync<JsonElement>($"/api/v1/runs/{run}?wait=60");
        }
        while (seen.GetProperty("status").GetString() is "queued" or "assigned" or "running" or "finishing");

        return (experiment, run);
    }

    /// <summary>Code whose errors are the payloads, and whose parameter is one.</summary>
    private static JsonObject Code() => Spec("hostile code", new JsonObject
    {
        ["code"] = new JsonObject
        {
            ["language"] = "python",
            ["source"] = $"TEXTS = {JsonSerializer.Serialize(Payloads)}\nAT = [0]\n\ndef task(text=''):\n    AT[0] += 1\n    raise ValueError(TEXTS[AT[0] % len(TEXTS)])\n",
        },
        ["params"] = new JsonObject { ["text"] = Payloads[2] },
    });

    private static JsonObject Command() => Spec("hostile command", new JsonObject
    {
        ["command"] = new JsonObject { ["argv"] = new JsonArray([JsonValue.Create("/bin/sh"), JsonValue.Create("-c"), JsonValue.Create("echo \"$1\" >&2; exit 3"), .. Payloads.Select(payload => JsonValue.Create(payload))]) },
    });

    private static JsonObject Spec(string name, JsonObject workload) => new()
    {
        ["name"] = name, ["workload"] = workload, ["matrix"] = new JsonObject { ["runtime"] = new JsonArray("python"), ["strategy"] = new JsonArray("sequential"), ["workers"] = new JsonArray(1) },
        ["load"] = new JsonObject { ["tasks"] = 50 }, ["warmup"] = new JsonObject { ["tasks"] = 0 }, ["repeat"] = 1, ["tags"] = new JsonArray("hostile"),
    };

    private async Task<JsonElement> PostAsync(string path, JsonObject body)
    {
        using var response = await _api.PostAsJsonAsync($"/api/v1/{path}", body);
        return await ReadAsync(response);
    }

    private async Task PutAsync(string path, JsonObject body)
    {
        using var response = await _api.PutAsJsonAsync($"/api/v1/{path}", body);
        await ReadAsync(response);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
