using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>The editor for own code, with the runner that looks at it and tries it.</summary>
public sealed class CodeEditorTests(Product product)
{
    [Fact]
    public async Task Python_BrokenThenMended_IsMarkedWhileTypingAndTriedBeforeARun()
    {
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/experiments/new?preset=my-python");
        var editor = Editor(page, "Python code");

        await editor.FillAsync("def task(index):\n    retrun index\n");
        await Assertions.Expect(page.Locator("#code-problems").GetByRole(AriaRole.Button)).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^line 2, column", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator(".cm-lintRange-error")).ToBeVisibleAsync();
        await Product.AssertAccessibleAsync(page);

        await editor.FillAsync("def task(index):\n    print('hello from task', index)\n    return 41 + 1\n");
        await Assertions.Expect(page.Locator("#code-problems")).ToContainTextAsync("nothing wrong", new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Try one task" }).ClickAsync();
        await Assertions.Expect(page.Locator(".try-reply code")).ToHaveTextAsync("42", new() { Timeout = 60_000 });
        await Assertions.Expect(page.GetByLabel("What the task printed")).ToContainTextAsync("hello from task 0");
        await Product.AssertAccessibleAsync(page);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task CSharp_UnknownName_IsMarkedWithItsColumn()
    {
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/experiments/new?preset=my-python");
        await page.GetByLabel("C#", new() { Exact = true }).CheckAsync();

        await Editor(page, "C# code").FillAsync("static long Task(long index)\n{\n    return indx + 1;\n}\n");

        await Assertions.Expect(page.Locator("#code-problems")).ToContainTextAsync("line 3, column 12", new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("#code-problems")).ToContainTextAsync("CS0103");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Keyboard_EscapeThenTab_LeavesTheEditor()
    {
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/experiments/new?preset=my-python");
        var editor = Editor(page, "Python code");
        await editor.FocusAsync();

        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(editor).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(editor).Not.ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    /// <summary>The editor itself, not the plain text area that stands in for it until its script is there.</summary>
    private static ILocator Editor(IPage page, string name) => page.GetByRole(AriaRole.Textbox, new() { Name = name }).And(page.Locator(".cm-content"));
}
