package main

// This file defines the sessions of nix-instantiate: scripts whose expected output the
// reference recorded.

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// instEnv is the environment of sessions in addition to that of all scripts: nothing of
// the machine is seen.
var instEnv = map[string]string{
	"NIX_CONF_DIR": "/nonexistent", "NIX_USER_CONF_FILES": "/nonexistent", "NIX_STATE_DIR": "/nonexistent",
	"NIX_REMOTE": "dummy://", "XDG_CONFIG_DIRS": "/nonexistent", "TERM": "dumb",
}

// inst is a command of scripts: it runs nix-instantiate, and appends what it was
// called with, what it wrote and its status to the file log. At the end the script
// compares that with what the reference wrote. To record it:
//
//	FIRN_ORACLE="nix-instantiate" UPDATE_SCRIPTS=1 go test ./cmd/firn -run TestRecorded
func inst(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("inst records failures, too")
	}
	command := []string{"nix-instantiate"}
	if oracle := os.Getenv("FIRN_ORACLE"); oracle != "" {
		command = strings.Fields(oracle)
	}
	status := 0
	if err := ts.Exec(command[0], append(command[1:], args...)...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%s: %s", command[0], err)
		}
		status = exit.ExitCode()
	}
	var log strings.Builder
	log.WriteString("$")
	for _, arg := range args {
		if arg == "" || strings.ContainsAny(arg, " \n\"$<>()[]{}*?;") {
			arg = "'" + arg + "'"
		}
		log.WriteString(" " + arg)
	}
	log.WriteString("\n")
	writeLines(&log, "", ts.ReadFile("stdout"))
	writeLines(&log, "2> ", ts.ReadFile("stderr"))
	if status != 0 {
		log.WriteString("status " + strconv.Itoa(status) + "\n")
	}
	appendLog(ts, log.String())
}

// readlinks is a command of scripts: it appends to the file log where links lead.
func readlinks(ts *testscript.TestScript, _ bool, args []string) {
	for _, link := range args {
		target, err := os.Readlink(ts.MkAbs(link))
		ts.Check(err)
		appendLog(ts, link+" -> "+target+"\n")
	}
}

// list is a command of scripts: it appends to the file log what is in a folder, but for
// what begins with a dot.
func list(ts *testscript.TestScript, _ bool, args []string) {
	for _, dir := range args {
		entries, err := os.ReadDir(ts.MkAbs(dir))
		ts.Check(err)
		for _, e := range entries {
			if !strings.HasPrefix(e.Name(), ".") {
				appendLog(ts, dir+"/"+e.Name()+"\n")
			}
		}
	}
}

func appendLog(ts *testscript.TestScript, text string) {
	text = strings.ReplaceAll(text, ts.Getenv("WORK"), "$WORK")
	f, err := os.OpenFile(filepath.Join(ts.Getenv("WORK"), "log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	ts.Check(err)
	_, err = f.WriteString(text)
	ts.Check(err)
	ts.Check(f.Close())
}

// writeLines writes the lines of text, each behind a prefix. A line end that is not
// there, or an empty line, can be seen.
func writeLines(out *strings.Builder, prefix, text string) {
	for line := range strings.Lines(text) {
		// What the reference says where it has no users to build as.
		if strings.Contains(line, "'build-users-group'") {
			continue
		}
		out.WriteString(strings.TrimRight(prefix+strings.TrimSuffix(line, "\n"), " "))
		if !strings.HasSuffix(line, "\n") {
			out.WriteString("\\c")
		}
		out.WriteString("\n")
	}
}
