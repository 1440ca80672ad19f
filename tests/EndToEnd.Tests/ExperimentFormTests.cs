using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>The form and the YAML beside it, in a real browser.</summary>
public sealed class ExperimentFormTests(Product product)
{
    private static readonly PageGetByLabelOptions Exact = new() { Exact = true };

    [Fact]
    public async Task Form_ChangedOnEitherSide_TheOtherFollows()
    {
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/experiments/new?preset=primes");

        await page.GetByLabel("Workers", Exact).FillAsync("1, 4");
        await Assertions.Expect(Text(page)).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(@"workers: \[1, 4\]", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));

        var text = await Text(page).InputValueAsync();
        await Editor(page).FillAsync(text.Replace("workers: [1, 4]", "workers: [3]", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByLabel("Workers", Exact)).ToHaveValueAsync("3");
    }

    [Fact]
    public async Task Yaml_WithATypo_SaysLineAndMendAndKeepsWhatWasTyped()
    {
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/experiments/new?preset=primes");
        var broken = (await Text(page).InputValueAsync()).Replace("workers:", "workerz:", StringComparison.Ordinal);

        await Editor(page).FillAsync(broken);

        await Assertions.Expect(page.Locator(".yaml-errors")).ToContainTextAsync("workers");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^line 9", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true })).ToBeDisabledAsync();
        await Assertions.Expect(Text(page)).ToHaveValueAsync(broken);
    }

    [Fact]
    public async Task OwnPython_WithASyntaxError_ShowsPythonsMessageAndLine()
    {
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/experiments/new?preset=my-python");
        await Editor(page).FillAsync("""
            version: 1
            name: broken python
            workload:
              code:
                language: python
                source: |
                  def task(index):
                      return index +
            matrix: {runtime: [python], strategy: [sequential], workers: [1]}
            load: {tasks: 5}
            repeat: 1
            """);
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/runs/*");

        await Assertions.Expect(page.GetByText("line 2").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByText("invalid syntax").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SavedExperiment_RunAgain_IsFoundInExperimentsAndHistory()
    {
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/experiments/new?preset=slow-io");
        await page.GetByLabel("Name", Exact).FillAsync("kept for later");
        await page.GetByLabel("Workers", Exact).FillAsync("8");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/new", StringComparison.Ordinal));

        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel the run" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Cancelled", new() { Exact = true }).First).ToBeVisibleAsync(new() { Timeout = 30_000 });

        await product.GotoAsync(page, "/experiments");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "kept for later", Exact = true })).ToBeVisibleAsync();
        await product.GotoAsync(page, "/history?search=kept");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "kept for later", Exact = true }).First).ToBeVisibleAsync();
    }

    private static ILocator Editor(IPage page) => page.GetByRole(AriaRole.Textbox, new() { Name = "The experiment as YAML" }).And(page.Locator(".cm-content"));

    // The text behind the editor: the editor itself keeps only the lines in view.
    private static ILocator Text(IPage page) => page.Locator("#yaml");
}
