using System.Collections.Immutable;
using Brigade.Contracts.Messages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Brigade.Runner.Code.CSharp;

/// <summary>
/// A user's file as a compilation unit. Methods and fields that stand in no class are put into one, with text that is inserted into the lines
/// where they begin and end, so that every line keeps its number and every place can be told in the file as the user wrote it.
/// </summary>
internal sealed class CSharpSource
{
    /// <summary>The method's conventional name, which hides the type <c>Task</c> from the code around it.</summary>
    private const string TaskName = "Task";

    private readonly SourceText _original;
    private readonly List<TextChange> _changes;

    private CSharpSource(SyntaxTree original, bool isLoose)
    {
        _original = original.GetText();
        var root = original.GetCompilationUnitRoot();
        WrapperName = isLoose ? FreeName(root, ["UserCode", "BrigadeUserCode"]) : null;
        _changes = [.. Renames(root).Concat(isLoose ? Wraps(root, WrapperName!) : []).OrderBy(change => change.Span.Start)];
        var text = _original.WithChanges(_changes);
        Tree = CSharpSyntaxTree.ParseText(SourceText.From(text.ToString(), System.Text.Encoding.UTF8), Options(SourceCodeKind.Regular), original.FilePath);
    }

    /// <summary>What is compiled.</summary>
    public SyntaxTree Tree { get; }

    /// <summary>The class around what stood in none; null where nothing did.</summary>
    public string? WrapperName { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="problems">What is wrong with its syntax; the source is of no use then.</param>
    public static CSharpSource? Read(string file, string text, out IReadOnlyList<CodeProblem> problems)
    {
        var source = SourceText.From(text, System.Text.Encoding.UTF8);

        // As a script: there methods and fields need no class. A namespace exists in ordinary files only.
        var tree = CSharpSyntaxTree.ParseText(source, Options(SourceCodeKind.Script), file);
        var hasNamespace = tree.GetCompilationUnitRoot().Members.Any(member => member is BaseNamespaceDeclarationSyntax);
        if (hasNamespace)
        {
            tree = CSharpSyntaxTree.ParseText(source, Options(SourceCodeKind.Regular), file);
        }

        var loose = tree.GetCompilationUnitRoot().Members.Where(member => member is not BaseTypeDeclarationSyntax and not DelegateDeclarationSyntax and not BaseNamespaceDeclarationSyntax).ToList();
        problems = [.. tree.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => Told(found, source.Lines.GetLinePositionSpan(found.Location.SourceSpan)))];
        if (problems.Count == 0)
        {
            problems = [.. loose.OfType<GlobalStatementSyntax>().Take(1).Select(statement => Own(source, statement.Span, "a statement outside of a method is never run; put it into Setup(), which runs once in each worker"))];
        }

        return problems.Count == 0 ? new CSharpSource(tree, loose.Count > 0 && !hasNamespace) : null;
    }

    /// <summary>A problem at a place of <see cref="Tree"/>, told at its place in the user's file.</summary>
    public CodeProblem Problem(Diagnostic found) => Told(found, _original.Lines.GetLinePositionSpan(Original(found.Location.SourceSpan)));

    /// <summary>A problem of Brigade's own.</summary>
    public CodeProblem Own(TextSpan span, string message) => Own(_original, Original(span), message);

    private static CodeProblem Own(SourceText text, TextSpan span, string message)
    {
        var place = text.Lines.GetLinePositionSpan(span);
        return new CodeProblem(CodeProblem.Error, "BRIGADE", message + ".", place.Start.Line + 1, place.Start.Character + 1, place.End.Line + 1, place.End.Character + 1);
    }

    private static CodeProblem Told(Diagnostic found, LinePositionSpan place) => new(
        found.Severity == DiagnosticSeverity.Error ? CodeProblem.Error : CodeProblem.Warning, found.Id, found.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
        place.Start.Line + 1, place.Start.Character + 1, place.End.Line + 1, place.End.Character + 1);

    private static CSharpParseOptions Options(SourceCodeKind kind) => new(LanguageVersion.Latest, DocumentationMode.None, kind, ImmutableArray<string>.Empty);

    /// <summary>Classes stay where they are; each row of members between them goes into one part of the wrapper.</summary>
    private static IEnumerable<TextChange> Wraps(CompilationUnitSyntax root, string name)
    {
        var isOpen = false;
        var end = 0;
        foreach (var member in root.Members)
        {
            var isType = member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;
            if (isType && isOpen)
            {
                yield return new TextChange(new TextSpan(end, 0), "}");
            }
            else if (!isType && !isOpen)
            {
                yield return new TextChange(new TextSpan(member.SpanStart, 0), $"partial class {name}{{");
            }

            isOpen = !isType;
            end = member.Span.End;
        }

        if (isOpen)
        {
            yield return new TextChange(new TextSpan(end, 0), "}");
        }
    }

    /// <summary>
    /// Beside a method of the name <c>Task</c>, <c>Task.Delay(1)</c> would not compile, as the method hides the type. The method gets another name of the
    /// same length, and so do calls of it.
    /// </summary>
    private static IEnumerable<TextChange> Renames(CompilationUnitSyntax root)
    {
        var declared = root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => method.Identifier.ValueText == TaskName && method.TypeParameterList is null).Select(method => method.Identifier).ToList();
        if (declared.Count == 0)
        {
            return [];
        }

        var name = FreeName(root, ["task", "TasK", "TaSK"]);
        var called = root.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(call => call.Expression switch
        {
            IdentifierNameSyntax plain => plain.Identifier,
            MemberAccessExpressionSyntax { Name: IdentifierNameSyntax member } => member.Identifier,
            _ => default,
        });
        return declared.Concat(called.Where(identifier => identifier.ValueText == TaskName)).Where(token => token.Span.Length == TaskName.Length).Select(token => new TextChange(token.Span, name));
    }

    private static string FreeName(CompilationUnitSyntax root, string[] names)
    {
        var taken = root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).ToHashSet(StringComparer.Ordinal);
        return names.FirstOrDefault(name => !taken.Contains(name)) ?? names[^1];
    }

    private TextSpan Original(TextSpan span) => TextSpan.FromBounds(Original(span.Start), Original(span.End));

    private int Original(int position)
    {
        var inserted = 0;
        foreach (var change in _changes.Where(change => change.Span.Length == 0))
        {
            var start = change.Span.Start + inserted;
            if (position < start)
            {
                break;
            }

            if (position < start + change.NewText!.Length)
            {
                return change.Span.Start;
            }

            inserted += change.NewText.Length;
        }

        return Math.Min(position - inserted, _original.Length);
    }
}
