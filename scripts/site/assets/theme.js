// Light or dark: what the reader chose on this machine, else what the system says. Runs before the page is shown.
const key = "freecurve-theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");
const chosen = () => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is forbidden: the system decides
  }
};
const isDark = () => (chosen() ?? (system.matches ? "dark" : "light")) === "dark";

const apply = () => {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  const button = document.getElementById("theme");
  if (button === null) return;
  button.hidden = false;
  button.textContent = isDark() ? "Light" : "Dark";
  button.setAttribute("aria-label", isDark() ? "Switch to light colours" : "Switch to dark colours");
};

apply();
system.addEventListener("change", apply);
document.addEventListener("DOMContentLoaded", () => {
  document.getElementById("theme")?.addEventListener("click", () => {
    try {
      localStorage.setItem(key, isDark() ? "light" : "dark");
    } catch {
      return;
    }
    apply();
  });
  apply();
});
