using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Accounts.Pages;

/// <summary>A page of accounts: rendered once, on the server.</summary>
public abstract class AccountPage<TModel> : ComponentBase
    where TModel : class
{
    [Parameter, EditorRequired]
    public AccountFrame Frame { get; set; } = null!;

    [Parameter]
    public TModel? Model { get; set; }
}

/// <param name="Name">Who comes next.</param>
/// <param name="To">Where the page leads by itself.</param>
public sealed record OnTheWay(string Name, string To);

/// <param name="To">Where the one link leads.</param>
public sealed record Message(string Title, string Text, string To, string ToName);
