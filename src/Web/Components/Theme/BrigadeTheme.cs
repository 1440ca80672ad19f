using MudBlazor;

namespace Brigade.Web.Components.Theme;

/// <summary>The palettes (text on each surface holds AA contrast), type and sizes. System fonts: nothing is loaded from elsewhere.</summary>
public static class BrigadeTheme
{
    private static readonly string[] Fonts = ["-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Ubuntu", "Cantarell", "Liberation Sans", "DejaVu Sans", "Helvetica Neue", "Arial", "sans-serif"];

    public static MudTheme Light { get; } = Create(":root");

    public static MudTheme Dark { get; } = Create(":root[data-theme='dark']");

    private static MudTheme Create(string scope) => new()
    {
        PseudoCss = new PseudoCss { Scope = scope },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", AppbarHeight = "52px", DrawerWidthLeft = "216px" },
        PaletteLight = new PaletteLight
        {
            Primary = "#0b5f73", PrimaryContrastText = "#ffffff", Secondary = "#7a4a12", SecondaryContrastText = "#ffffff", Tertiary = "#5b4b9a",
            Info = "#1d5fa8", Success = "#1a6e3c", Warning = "#8a5300", Error = "#b3261e", InfoContrastText = "#ffffff", SuccessContrastText = "#ffffff", WarningContrastText = "#ffffff", ErrorContrastText = "#ffffff",
            Background = "#f5f6f8", BackgroundGray = "#eceff2", Surface = "#ffffff", AppbarBackground = "#ffffff", AppbarText = "#1a2129", DrawerBackground = "#ffffff", DrawerText = "#1a2129", DrawerIcon = "#4d5966",
            TextPrimary = "#1a2129", TextSecondary = "#4d5966", TextDisabled = "#6b7681", ActionDefault = "#4d5966", ActionDisabled = "#8b95a0", ActionDisabledBackground = "#e4e7eb",
            Divider = "#dce1e6", DividerLight = "#e8ebef", LinesDefault = "#dce1e6", LinesInputs = "#7d8894", TableLines = "#e3e7eb", TableHover = "#f0f4f6", TableStriped = "#f8f9fa",
            OverlayDark = "rgba(15,22,30,0.5)", OverlayLight = "rgba(255,255,255,0.5)",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#63c4d8", PrimaryContrastText = "#06222a", Secondary = "#e2b06e", SecondaryContrastText = "#2a1a04", Tertiary = "#b5a8ee",
            Info = "#7cb7f2", Success = "#6fce97", Warning = "#f0b45a", Error = "#ff8f85", InfoContrastText = "#071a2c", SuccessContrastText = "#06210f", WarningContrastText = "#2a1a02", ErrorContrastText = "#2d0705",
            Background = "#11161c", BackgroundGray = "#161c23", Surface = "#1a2129", AppbarBackground = "#161c23", AppbarText = "#e6eaee", DrawerBackground = "#161c23", DrawerText = "#e6eaee", DrawerIcon = "#a7b2bd",
            TextPrimary = "#e6eaee", TextSecondary = "#a7b2bd", TextDisabled = "#8793a0", ActionDefault = "#a7b2bd", ActionDisabled = "#68737f", ActionDisabledBackground = "#2a333d",
            Divider = "#2d3742", DividerLight = "#252e37", LinesDefault = "#2d3742", LinesInputs = "#7a8794", TableLines = "#29323c", TableHover = "#212a33", TableStriped = "#1d252d", Dark = "#2a333d",
            OverlayDark = "rgba(4,8,12,0.65)", OverlayLight = "rgba(26,33,41,0.5)",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = Fonts, FontSize = "1.5rem", FontWeight = "650", LineHeight = "1.25", LetterSpacing = "-0.01em" },
            H2 = new H2Typography { FontFamily = Fonts, FontSize = "1.0625rem", FontWeight = "620", LineHeight = "1.35", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = Fonts, FontSize = "1rem", FontWeight = "620", LineHeight = "1.4", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Fonts, FontSize = "0.8125rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "0.8125rem", FontWeight = "600", LineHeight = "1.6", LetterSpacing = "normal", TextTransform = "none" },
            Caption = new CaptionTypography { FontFamily = Fonts, FontSize = "0.75rem", LineHeight = "1.45", LetterSpacing = "normal" },
        },
    };
}
