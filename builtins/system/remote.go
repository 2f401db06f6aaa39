package system

// This file defines Remote: another machine, which a shell reaches.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A Shell runs a script on another machine. Its status is that of the script; err says that the
// machine cannot be reached. in may be nil; out gets what the script prints.
type Shell func(ctx context.Context, script string, in io.Reader, out io.Writer) (status int, err error)

// Remote is a Host on another machine. There it needs sh, readlink, stat, flock and nix-env, which
// NixOS has.
type Remote struct {
	Profile    string // absolute path of the link there
	ActiveLink string // leads to the active generation; "" if nothing does
	Shell      Shell
	Stdout     io.Writer         // of programs; nil throws it away
	Log        func(text string) // is told of waits and lacks; nil tells nobody
}

// quote returns a word as a shell reads it.
func quote(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

// script runs a script that must succeed, and returns what it prints.
func (r *Remote) script(ctx context.Context, script string, in io.Reader) (string, error) {
	var out bytes.Buffer
	status, err := r.Shell(ctx, script, in, &out)
	if err == nil && status != 0 {
		err = fmt.Errorf("the other machine ends '%s' with status %d", script, status)
	}
	return out.String(), err
}

// missingProgram is the status of a shell for a program that is not there.
const missingProgram = 127

// Lock implements Host: a flock of the same file that Local locks is held by a process there that
// reads until this one closes its input, or ends.
func (r *Remote) Lock(ctx context.Context) (unlock func(), err error) {
	in, end := io.Pipe()
	told, locked := io.Pipe()
	file := quote(r.Profile + ".switch.lock")
	done := make(chan struct{})
	var status int
	go func() {
		defer close(done)
		status, err = r.Shell(context.WithoutCancel(ctx), "mkdir -p "+quote(path.Dir(r.Profile))+" && exec flock "+file+" sh -c 'echo locked; cat >/dev/null'", in, locked)
		_ = locked.Close()
		_ = in.Close()
	}()
	unlock = func() { _ = end.Close(); <-done }
	line := make([]byte, len("locked\n"))
	if _, read := io.ReadFull(told, line); read != nil {
		unlock()
		switch {
		case err != nil:
			return nil, err
		case status == missingProgram:
			if r.Log != nil {
				r.Log("there is no program flock on the other machine, so that another run may switch it at the same time")
			}
			return func() {}, nil
		}
		return nil, fmt.Errorf("'%s' cannot be locked on the other machine: status %d", r.Profile, status)
	}
	go func() { _, _ = io.Copy(io.Discard, told) }()
	return unlock, nil
}

// Busy implements Host.
func (r *Remote) Busy(ctx context.Context) (bool, error) {
	file := quote(r.Profile + ".switch.lock")
	status, err := r.Shell(ctx, "[ ! -r "+file+" ] || flock -n -s "+file+" true", nil, io.Discard)
	return status == 1, err
}

// Look implements Host.
func (r *Remote) Look(ctx context.Context) (*State, error) {
	name := path.Base(r.Profile)
	script := "cd " + quote(path.Dir(r.Profile)) + " 2>/dev/null || exit 0\n" +
		"for l in " + quote(name) + "-*-link; do [ -L \"$l\" ] && echo \"generation $(stat -c %Y \"$l\") $l $(readlink \"$l\")\"; done\n" +
		"[ -L " + quote(name) + " ] && echo \"current $(readlink " + quote(name) + ")\"\n"
	if r.ActiveLink != "" {
		script += "[ -L " + quote(r.ActiveLink) + " ] && echo \"active $(readlink " + quote(r.ActiveLink) + ")\"\n"
	}
	out, err := r.script(ctx, script+"true", nil)
	if err != nil {
		return nil, err
	}
	link := regexp.MustCompile(`^` + regexp.QuoteMeta(name) + `-(\d+)-link$`)
	number := func(l string) int {
		m := link.FindStringSubmatch(path.Base(l))
		if m == nil {
			return 0
		}
		n, _ := strconv.Atoi(m[1])
		return n
	}
	s := &State{}
	for line := range strings.Lines(out) {
		f := strings.Fields(line)
		switch {
		case len(f) == 2 && f[0] == "current":
			s.Current = number(f[1])
		case len(f) == 2 && f[0] == "active":
			s.Active = f[1]
		case len(f) == 4 && f[0] == "generation" && number(f[2]) > 0:
			seconds, _ := strconv.ParseInt(f[1], 10, 64)
			s.Generations = append(s.Generations, Generation{number(f[2]), f[3], time.Unix(seconds, 0)})
		}
	}
	sortGenerations(s.Generations)
	return s, nil
}

// nixEnv runs nix-env on the profile.
func (r *Remote) nixEnv(ctx context.Context, args string) error {
	_, err := r.script(ctx, "nix-env -p "+quote(r.Profile)+" "+args, nil)
	return err
}

// Set implements Host.
func (r *Remote) Set(ctx context.Context, p string) error { return r.nixEnv(ctx, "--set "+quote(p)) }

// SwitchTo implements Host.
func (r *Remote) SwitchTo(ctx context.Context, number int) error {
	if number == 0 {
		_, err := r.script(ctx, "rm -f "+quote(r.Profile), nil)
		return err
	}
	return r.nixEnv(ctx, fmt.Sprintf("--switch-generation %d", number))
}

// Delete implements Host.
func (r *Remote) Delete(ctx context.Context, numbers []int) error {
	args := "--delete-generations"
	for _, n := range numbers {
		args += " " + strconv.Itoa(n)
	}
	return r.nixEnv(ctx, args)
}

// IntentFile implements Host.
func (r *Remote) IntentFile() string { return r.Profile + ".switch" }

// ReadIntent implements Host.
func (r *Remote) ReadIntent(ctx context.Context) ([]byte, error) {
	file := quote(r.IntentFile())
	out, err := r.script(ctx, "[ ! -e "+file+" ] || cat "+file, nil)
	if err != nil || out == "" {
		return nil, err
	}
	return []byte(out), nil
}

// WriteIntent implements Host.
func (r *Remote) WriteIntent(ctx context.Context, text []byte) error {
	file := r.IntentFile()
	if text == nil {
		_, err := r.script(ctx, "rm -f "+quote(file), nil)
		return err
	}
	_, err := r.script(ctx, "cat >"+quote(file+".new")+" && { sync "+quote(file+".new")+" 2>/dev/null; mv -f "+quote(file+".new")+" "+quote(file)+"; }", bytes.NewReader(text))
	return err
}

// Entries implements Host.
func (r *Remote) Entries(ctx context.Context, dir string) ([]string, error) {
	out, err := r.script(ctx, "[ ! -d "+quote(dir)+" ] || ls "+quote(dir), nil)
	return strings.Fields(out), err
}

// Missing implements Host. What interprets the program is left to the other machine.
func (r *Remote) Missing(ctx context.Context, program string) (string, error) {
	out, err := r.script(ctx, "[ -e "+quote(program)+" ] || echo missing", nil)
	if err != nil || out == "" {
		return "", err
	}
	return program, nil
}

// Run implements Host. The program gets no signals of the connection: it goes on if that breaks.
func (r *Remote) Run(ctx context.Context, argv []string, env []string) (int, error) {
	if len(argv) == 0 {
		return 0, errors.New("there is no program")
	}
	words := []string{"env"}
	for _, v := range env {
		words = append(words, quote(v))
	}
	for _, a := range argv {
		words = append(words, quote(a))
	}
	out := r.Stdout
	if out == nil {
		out = io.Discard
	}
	return r.Shell(context.WithoutCancel(ctx), "trap '' HUP PIPE; "+strings.Join(words, " ")+" </dev/null", nil, out)
}
