using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Components.Browser;
using Brigade.Web.Components.Formatting;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Members;

/// <summary>Open invitations of the workspace, and the making of one.</summary>
public sealed partial class InvitationsPanel
{
    private IReadOnlyList<InvitationRow>? _invitations;
    private WorkspaceRole _role = WorkspaceRole.Editor;
    private string? _email = "";
    private int? _days = 7;
    private string? _wrong;
    private NewInvitation? _made;
    private bool _copied;
    private bool _busy;

    [Inject]
    private InvitationStore Store { get; set; } = null!;

    [Inject]
    private Invitations Invitations { get; set; } = null!;

    [Inject]
    private IWorkspaceScope Me { get; set; } = null!;

    [Inject]
    private BrowserModule Browser { get; set; } = null!;

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private IEnumerable<WorkspaceRole> Invitable => Enum.GetValues<WorkspaceRole>().Where(role => Me.Can(MembershipStore.Needed(WorkspaceRole.Viewer, role)));

    protected override Task OnInitializedAsync() => LoadAsync();

    private static string Whom(InvitationRow invitation) => invitation.Email.Length > 0 ? invitation.Email : "Whoever has the link";

    private Task LoadAsync() => TryLoadAsync("The invitations could not be loaded.", async () => _invitations = await Store.ListAsync(Gone));

    private async Task InviteAsync()
    {
        (_made, _copied) = (null, false);
        var email = (_email ?? "").Trim();
        _wrong = !Invitations.IsAddress(email) ? "This is no e-mail address. Write it like ada@example.org, or leave it empty."
            : _days is null or < 1 or > InvitationStore.MostDays ? $"Days are whole numbers from 1 to {InvitationStore.MostDays}."
            : null;
        if (_wrong is not null)
            return;
        _busy = true;
        if (await TryAsync("The invitation could not be made.", async () => _made = await Invitations.CreateAsync(_role, email, _days!.Value, new Uri(Navigation.BaseUri), Gone)))
            _email = "";
        _busy = false;
        await LoadAsync();
    }

    private async Task RevokeAsync(InvitationRow invitation)
    {
        _busy = true;
        if (await TryAsync("The invitation could not be revoked.", () => Store.RevokeAsync(invitation.Id, Gone)) && _made?.Invitation.Id == invitation.Id)
            _made = null;
        _busy = false;
        await LoadAsync();
    }

    private async Task CopyAsync() => _copied = await Browser.CopyAsync(_made!.Url.ToString());
}
