package devenv

// This file defines Shell: a shell that stands in for a builder, as that of nix-shell.

import (
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/build"
)

// A Shell says how a shell begins that has the variables of a derivation, and reads setup of its
// attribute stdenv by itself.
type Shell struct {
	Bash    string // the shell; a path, or a name in PATH
	Dir     string // removed when the shell ends
	Path    string // the user's PATH, which has the program rm for that
	Pure    bool   // programs of the user are not found
	Root    bool   // the user is root, whose prompt is red
	TZ      string // the time zone of the user; "" if it is not set
	Attrs   string // declarations of structured attributes
	Command string // run in the end; "" if the shell is for the user
}

// Commands returns what the shell runs first.
func (s *Shell) Commands() string {
	var out strings.Builder
	line := func(parts ...string) {
		out.WriteString(strings.Join(parts, "") + "\n")
	}
	const clean = "_nix_shell_clean_tmpdir"
	line(clean, "() { PATH=$PATH:", build.ShellQuote(s.Path), " command rm -rf ", build.ShellQuote(s.Dir), "; }")
	line("trap ", clean, " EXIT")
	line("exitHooks+=(", clean, ") failureHooks+=(", clean, ")")
	if !s.Pure {
		line(`[ -n "$PS1" ] && [ -e ~/.bashrc ] && source ~/.bashrc`)
		line("p=$PATH")
	}
	line("unset PATH") // which setup makes
	line("dontAddDisableDepTrack=1")
	out.WriteString(s.Attrs)
	line("[ -e $stdenv/setup ] && source $stdenv/setup")
	if !s.Pure {
		line("PATH=$PATH:$p; unset p")
	}
	if dir := path.Dir(s.Bash); dir != "." { // Quirk left out: the reference puts the current folder into PATH.
		line("PATH=", build.ShellQuote(dir), `:"$PATH"`)
	}
	line("SHELL=", build.ShellQuote(s.Bash), " BASH=", build.ShellQuote(s.Bash))
	line("set +e")
	color := "32"
	if s.Root {
		color = "31"
	}
	line(`[ -n "$PS1" -a -z "$NIX_SHELL_PRESERVE_PROMPT" ] && PS1='\n\[\033[1;`, color, `m\][nix-shell:\w]\$\[\033[0m\] '`)
	line(`if [ "$(type -t runHook)" = function ]; then runHook shellHook; fi`)
	line("unset NIX_ENFORCE_PURITY TZ")
	line("shopt -u nullglob")
	if s.TZ != "" {
		line("export TZ=", build.ShellQuote(s.TZ))
	}
	line("shopt -s execfail")
	out.WriteString(s.Command)
	return out.String()
}
