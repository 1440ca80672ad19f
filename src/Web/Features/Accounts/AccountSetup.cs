using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Web.Access;
using Brigade.Web.Features.Accounts.Mail;
using Brigade.Web.Features.Accounts.OpenId;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Brigade.Web.Features.Accounts;

/// <summary>Accounts: Identity's managers over Brigade's database, and the pages.</summary>
internal static class AccountSetup
{
    /// <summary>How long a link for a new password works.</summary>
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(2);

    public static WebApplicationBuilder AddBrigadeAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityCore<User>(Configure)
            .AddEntityFrameworkStores<BrigadeDbContext>()
            .AddUserValidator<EmailRule>()
            .AddClaimsPrincipalFactory<UserClaims>()
            .AddSignInManager<BrigadeSignIn>()
            .AddDefaultTokenProviders();
        services.AddSingleton<AccountAudit>();
        services.AddScoped<BrigadeSignIn>(provider => (BrigadeSignIn)provider.GetRequiredService<SignInManager<User>>());
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = ResetLifetime);
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // The browser offers what it has for this server, without being told whose: and the authenticator asks who is there.
            options.ResidentKeyRequirement = "required";
            options.UserVerificationRequirement = "required";
        });
        builder.AddBrigadeOpenId();
        services.Configure<SmtpOptions>(builder.Configuration.GetSection(SmtpOptions.Section));
        services.AddSingleton<IMailSender, MailSender>();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<IMailQueue>(provider => provider.GetRequiredService<MailQueue>());
        services.AddHostedService(provider => provider.GetRequiredService<MailQueue>());
        return builder;
    }

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var open = Group(app).AllowAnonymous();

        // Whoever is signed in, also without any workspace.
        var own = Group(app).RequireAuthorization(new AuthorizationPolicyBuilder(AccessPolicies.CookieScheme).RequireAuthenticatedUser().Build());
        open.MapSignIn(own);
        open.MapPasskeys(own);
        open.MapOpenId(own);
        open.MapReset();
        open.MapInvitation();
        own.MapOwnAccount();
        own.MapOwnWorkspaces();
        own.MapTotp();
        app.MapAccountAdministration();
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/account").ExcludeFromDescription().WithMetadata(new RequestSizeLimitAttribute(AccountForm.MostBytes));
        group.AddEndpointFilter(AccountForm.GuardAsync);
        return group;
    }

    private static void Configure(IdentityOptions options)
    {
        // Length is what counts: rules about kinds of characters make passwords that people write down.
        options.Password.RequiredLength = 12;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = 5;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
        options.Lockout.AllowedForNewUsers = true;
    }
}
