package devenv

// This file defines the commands that a shell of nix develop begins with.

import (
	"maps"
	"slices"
	"strings"
)

// ignored are variables that have no meaning outside of the build.
var ignored = map[string]bool{
	"BASHOPTS": true, "HOME": true, "NIX_BUILD_TOP": true, "NIX_ENFORCE_PURITY": true, "NIX_LOG_FD": true, "NIX_REMOTE": true, "PPID": true,
	"SHELLOPTS": true, "SSL_CERT_FILE": true, "TEMP": true, "TEMPDIR": true, "TERM": true, "TMP": true, "TMPDIR": true, "TZ": true, "UID": true,
}

// added are variables that what they had before is added to, so that commands of the user can
// still be found.
var added = []string{"PATH", "XDG_DATA_DIRS"}

// Script returns commands that set what the environment has. Outputs are below a folder of the
// user, and other texts are replaced as well: store paths, mostly. The files of structured attributes,
// if there are any, are expected in the folder attrs.
func (e *Environment) Script(outputsDir, attrs string, replace map[string]string) (string, error) {
	var out strings.Builder
	out.WriteString("unset shellHook\n")
	for _, name := range added {
		out.WriteString(name + "=${" + name + ":-}\nnix_saved_" + name + "=\"$" + name + "\"\n")
	}
	e.bash(&out, ignored)
	for _, name := range added {
		out.WriteString(name + "=\"$" + name + "${nix_saved_" + name + ":+:$nix_saved_" + name + "}\"\n")
	}
	out.WriteString("export NIX_BUILD_TOP=\"$(mktemp -d -t nix-shell.XXXXXX)\"\n")
	for _, name := range []string{"TMP", "TMPDIR", "TEMP", "TEMPDIR"} {
		out.WriteString("export " + name + "=\"$NIX_BUILD_TOP\"\n")
	}
	out.WriteString("eval \"${shellHook:-}\"\n")
	outputs, err := e.outputs()
	if err != nil {
		return "", err
	}
	all := map[string]string{}
	for name, path := range outputs {
		all[path] = outputsDir + "/" + name
	}
	for _, file := range []struct{ variable, name string }{{"NIX_ATTRS_SH_FILE", ".attrs.sh"}, {"NIX_ATTRS_JSON_FILE", ".attrs.json"}} {
		if e.Structured != nil {
			all[e.Variables[file.variable].Text] = attrs + "/" + file.name
		}
	}
	maps.Copy(all, replace)
	text := out.String()
	for _, from := range slices.Sorted(maps.Keys(all)) {
		if from != "" {
			text = strings.ReplaceAll(text, from, all[from])
		}
	}
	return text, nil
}
