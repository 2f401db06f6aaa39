package instantiate

// This file defines nix-shell: a shell with the environment in which a derivation is built.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/build/devenv"
	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/world"
)

// ShellMain runs nix-shell with the arguments behind its name, and returns the exit status.
func ShellMain(args []string, s *setup.Streams) int {
	p := &program{Program: dropin.New("nix-shell", s), build: &building{link: "result"}}
	p.RepairFlag = &p.build.repair
	p.shell = newShelling(p)
	args, err := p.shell.readScript(args)
	if err == nil {
		err = p.run(args)
	}
	return p.End(err)
}

// A shelling is what nix-shell is asked for besides what nix-build is.
type shelling struct {
	pure        bool
	packages    bool // operands are packages of <nixpkgs>
	interactive bool // the shell is for the user
	command     string
	exclude     []*regexp.Regexp // inputs that are not built
	keep        map[string]bool  // variables that --pure leaves

	script     string   // that the program interprets; "" if it interprets none
	scriptArgs []string // of the script
}

// kept are variables that --pure leaves.
var kept = []string{
	"HOME", "XDG_RUNTIME_DIR", "USER", "LOGNAME", "DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "PATH", "TERM", "IN_NIX_SHELL",
	"NIX_SHELL_PRESERVE_PROMPT", "TZ", "PAGER", "NIX_BUILD_SHELL", "SHLVL",
	"http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "ALL_PROXY", "NO_PROXY",
}

func newShelling(p *program) *shelling {
	sh := &shelling{keep: map[string]bool{}, interactive: terminal.Of(p.In, p.Getenv).Is && terminal.Of(p.Err, p.Getenv).Is}
	for _, name := range kept {
		sh.keep[name] = true
	}
	return sh
}

// scriptLine is a line of a script with arguments of nix-shell.
var scriptLine = regexp.MustCompile(`^#!\s*nix-shell\s+(.*)$`)

// readScript returns the arguments of the program: if the first is a script, those that its lines
// have.
func (sh *shelling) readScript(args []string) ([]string, error) {
	if len(args) == 0 {
		return args, nil
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return args, nil
	}
	lines := strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' })
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "#!") {
		return args, nil
	}
	sh.script, sh.scriptArgs = args[0], args[1:]
	var out []string
	for _, line := range lines[1:] {
		if found := scriptLine.FindStringSubmatch(strings.TrimRight(line, " \n\r\t")); found != nil {
			words, err := shellWords(found[1])
			if err != nil {
				return nil, err
			}
			out = append(out, words...)
		}
	}
	return out, nil
}

// shellWords splits a line at white space that is not quoted.
func shellWords(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	var quote byte // that is open; 0 if none is
	inWord := false
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '\\' && quote != '\'' && i+1 < len(line):
			i++
			word.WriteByte(line[i])
			inWord = true
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote, inWord = c, true
		case quote == 0 && strings.IndexByte(" \t\n\r", c) >= 0:
			if inWord {
				words = append(words, word.String())
				word.Reset()
			}
			inWord = false
		default:
			word.WriteByte(c)
			inWord = true
		}
	}
	if quote != 0 {
		return nil, dropin.Failure("unterminated quote in shebang line")
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, nil
}

// flags are the flags of nix-shell itself.
func (sh *shelling) flags() []dropin.Flag {
	run := func(forUser bool) func([]string) error {
		return func(args []string) error {
			sh.interactive = sh.interactive && forUser
			sh.command = args[0] + "\nexit"
			return nil
		}
	}
	list := []dropin.Flag{
		{Name: "packages", Short: 'p', Help: "The operands are packages of <nixpkgs>, and expressions of them.", Apply: dropin.On(&sh.packages)},
		{Name: "run", Args: "command", Help: "Run this command in a shell that is not for the user, and end.", Apply: run(false)},
		{Name: "command", Args: "command", Help: "Run this command in a shell for the user; unless it ends with return, the shell ends.", Apply: run(true)},
		{Name: "pure", Help: "Clear the environment, but for a few variables and those of --keep.", Apply: dropin.On(&sh.pure)},
		{Name: "keep", Args: "name", Help: "Keep this variable with --pure.", Apply: func(args []string) error {
			sh.keep[args[0]] = true
			return nil
		}},
		{Name: "exclude", Args: "regexp", Help: "Do not build inputs whose path matches.", Apply: func(args []string) error {
			re, err := regexp.Compile(args[0])
			sh.exclude = append(sh.exclude, re)
			return err
		}},
	}
	if sh.script != "" {
		list = append(list, dropin.Flag{Name: "interpreter", Short: 'i', Args: "program", Help: "Interpret the script with this program.", Apply: func(args []string) error {
			sh.interpret(args[0])
			return nil
		}})
	}
	return list
}

// interpret makes the script run in a program that is found in the environment.
func (sh *shelling) interpret(program string) {
	sh.interactive = false
	args := []string{build.ShellQuote(sh.script)}
	for _, a := range sh.scriptArgs {
		args = append(args, build.ShellQuote(a))
	}
	words := "exec "
	// Perl and Ruby look at the first line of the script themselves: Perl not if its own name is
	// another one, and Ruby not in a file that is loaded.
	if strings.Contains(program, "perl") {
		words += "-a PERL "
	}
	words += program + " "
	if strings.Contains(program, "ruby") {
		words += "-e 'load(ARGV.shift)' -- "
	}
	sh.command = words + strings.Join(args, " ")
}

// prepare changes the operands to what the flags say that they are, once the command line and
// settings were read.
func (sh *shelling) prepare(p *program) error {
	if sh.packages && p.exprs {
		return dropin.Usage("'-p' and '-E' are mutually exclusive")
	}
	purity := "impure"
	if sh.pure {
		purity = "pure"
	}
	if err := os.Setenv("IN_NIX_SHELL", purity); err != nil { // expressions can ask for it
		return err
	}
	dir := p.Dir
	if sh.script != "" {
		dir = path.Dir(path.Clean(p.Absolute(sh.script)))
		if p.Set.Bool("nix-shell-shebang-arguments-relative-to-script") {
			streams := *p.Streams
			streams.Dir = dir
			p.Streams = &streams
		}
	}
	switch {
	case sh.packages:
		var expr strings.Builder
		expr.WriteString(`{...}@args: with import <nixpkgs> args; (pkgs.runCommandCC or pkgs.runCommand) "shell" { buildInputs = [ `)
		for _, name := range p.files {
			expr.WriteString("(" + name + ") ")
		}
		expr.WriteString(`]; } ""`)
		p.exprs, p.files = true, []string{expr.String()}
	case p.exprs:
	case len(p.files) == 0 && !p.stdin:
		hasShell := isFile(p.Absolute("shell.nix"))
		if !hasShell && !isFile(p.Absolute("default.nix")) {
			return dropin.Failure("no argument specified and no '%s' or '%s' file found in the working directory", "shell.nix", "default.nix")
		}
		p.files = []string{"."}
		if hasShell && !p.Set.Bool("nix-shell-always-looks-for-shell-nix") {
			p.files = []string{"shell.nix"}
		}
	case sh.script != "":
		for i, name := range p.files {
			if !path.IsAbs(name) && !strings.HasPrefix(name, "<") && !settings.IsPseudoURL(name) {
				p.files[i] = path.Join(dir, name)
			}
		}
	}
	return nil
}

// isFile reports whether there is something at a path.
func isFile(name string) bool {
	_, err := os.Stat(filepath.FromSlash(name))
	return err == nil
}

// expression returns the file that a file or folder of the command line stands for.
func (sh *shelling) expression(ctx context.Context, p *program, file string) (string, error) {
	links := world.NewLinks(p.Host)
	at, info, err := links.Follow(ctx, nil, file)
	if err != nil || info.Type != world.Directory {
		return file, nil // evaluating it tells what is wrong
	}
	there := func(name string) bool {
		_, _, err := links.Follow(ctx, nil, name)
		return err == nil
	}
	if candidate := at + "/shell.nix"; there(candidate) {
		if p.Set.Bool("nix-shell-always-looks-for-shell-nix") {
			return candidate, nil
		}
		p.Log.Warn(fmt.Sprintf("Skipping '%[1]s', because the setting '%[2]s' is disabled. This is a deprecated behavior. Consider enabling '%[2]s'.", candidate, "nix-shell-always-looks-for-shell-nix"))
	}
	if candidate := at + "/default.nix"; there(candidate) {
		return candidate, nil
	}
	return "", dropin.Failure("neither '%s' nor '%s' found in '%s'", "shell.nix", "default.nix", file)
}

// args returns the arguments with which v is called, if it is a function: it is told that it is for a
// shell if it takes that by name.
func (sh *shelling) args(v eval.Value, args map[string]any) map[string]any {
	info, ok := v.Function()
	if !ok {
		return args
	}
	for _, f := range info.Formals {
		if f.Name == inShell {
			out := map[string]any{inShell: true}
			for name, value := range args {
				out[name] = value
			}
			return out
		}
	}
	return args
}

// inShell is the argument that tells an expression that it is for a shell.
const inShell = "inNixShell"

// start builds what the derivation needs, and returns what makes the shell of the process.
func (sh *shelling) start(ctx context.Context, p *program) error {
	if len(p.build.wanted) != 1 {
		return dropin.Usage("nix-shell requires a single derivation")
	}
	drvPath := p.build.wanted[0].drvPath
	s, err := p.env.Store(ctx)
	if err != nil {
		return err
	}
	shell := p.Getenv("NIX_BUILD_SHELL")
	shellDrv := ""
	if shell == "" {
		if shellDrv, err = sh.bash(ctx, p); err != nil {
			if ctx.Err() != nil {
				return err
			}
			p.Log.Error(err)
			p.Log.Say(dropin.Notice, "uses bash from your environment")
			shell = "bash"
		} else {
			p.build.wanted = append(p.build.wanted, wanted{shellDrv, "out"})
		}
	}
	if err := p.copyDerivations(ctx, s); err != nil {
		return err
	}
	targets, err := sh.needed(ctx, s, drvPath)
	if err != nil {
		return err
	}
	if shellDrv != "" {
		targets = append(targets, build.Target{Path: shellDrv, Built: true, Outputs: []string{"out"}})
	}
	m, err := p.env.Missing(ctx, s, targets)
	if err != nil {
		return err
	}
	if p.Set.Bool("print-missing") {
		if err := p.env.PrintMissing(ctx, s, m); err != nil {
			return err
		}
	}
	if p.build.dryRun {
		return nil
	}
	if err := p.env.RealiseAs(ctx, s, targets, m, p.build.mode); err != nil {
		return err
	}
	if shellDrv != "" {
		d, err := store.ReadDerivation(ctx, s, shellDrv)
		if err != nil {
			return err
		}
		if d.Output("out") == nil {
			return dropin.Failure("the 'bashInteractive' attribute in <nixpkgs> has no output 'out'")
		}
		shell = d.Output("out").Path + "/bin/bash"
	}
	return sh.become(ctx, p, s, drvPath, shell)
}

// bash instantiates the bash of <nixpkgs>, and returns the path of its derivation.
func (sh *shelling) bash(ctx context.Context, p *program) (string, error) {
	v, err := p.ev.Eval(ctx, eval.Text{Name: "«string»", Source: "(import <nixpkgs> {}).bashInteractive", Dir: p.Dir})
	if err != nil {
		return "", err
	}
	if v.Kind() != eval.KindAttrs {
		return "", dropin.Failure("the 'bashInteractive' attribute in <nixpkgs> did not evaluate to a derivation")
	}
	drvPath, _, err := v.Instantiate(ctx)
	if err != nil {
		return "", err
	}
	return drvPath, p.target.Save(ctx, false)
}

// needed returns what has to be valid for a shell of a derivation: all that it depends on but what is
// excluded.
func (sh *shelling) needed(ctx context.Context, s store.Store, drvPath string) ([]build.Target, error) {
	d, err := store.ReadDerivation(ctx, s, drvPath)
	if err != nil {
		return nil, err
	}
	var targets []build.Target
	for i := range d.InputDrvs {
		in := &d.InputDrvs[i]
		excluded := false
		for _, re := range sh.exclude {
			excluded = excluded || re.MatchString(in.Drv)
		}
		if !excluded && len(in.Outputs) > 0 {
			targets = append(targets, build.Target{Path: in.Drv, Built: true, Outputs: in.Outputs})
		}
	}
	for _, src := range d.InputSrcs {
		targets = append(targets, build.Target{Path: src})
	}
	return targets, nil
}

// become writes the files of the shell, and returns what makes it of the process.
func (sh *shelling) become(ctx context.Context, p *program, s store.Store, drvPath, shell string) (err error) {
	dir, err := os.MkdirTemp("", "nix-shell-")
	if err != nil {
		return dropin.FileError(err)
	}
	defer func() {
		if next := (*dropin.Become)(nil); !errors.As(err, &next) {
			_ = os.RemoveAll(dir)
		}
	}()
	found, err := build.ShellOf(ctx, s, drvPath, filepath.ToSlash(dir))
	if err != nil {
		return err
	}
	for name, text := range found.Files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			return dropin.FileError(err)
		}
	}
	env := map[string]string{}
	for _, e := range os.Environ() {
		if name, value, _ := strings.Cut(e, "="); !sh.pure || sh.keep[name] {
			env[name] = value
		}
	}
	if sh.pure {
		env["__ETC_PROFILE_SOURCED"] = "1" // so that /etc/bashrc of NixOS does not undo it
	}
	for _, name := range []string{"NIX_BUILD_TOP", "TMPDIR", "TEMPDIR", "TMP", "TEMP"} {
		env[name] = dir
	}
	cores := p.Set.Int("cores")
	if cores == 0 {
		cores = runtime.NumCPU()
	}
	env["NIX_STORE"], env["NIX_BUILD_CORES"] = string(s.Dir()), strconv.Itoa(cores)
	for name, value := range found.Env {
		env[name] = value
	}
	for _, file := range []struct{ name, variable string }{{".attrs.sh", "NIX_ATTRS_SH_FILE"}, {".attrs.json", "NIX_ATTRS_JSON_FILE"}} {
		if _, ok := found.Files[file.name]; ok {
			env[file.variable] = filepath.Join(dir, file.name)
		}
	}
	commands := (&devenv.Shell{
		Bash: shell, Dir: dir, Path: p.Getenv("PATH"), Pure: sh.pure, Root: os.Geteuid() == 0, TZ: p.Getenv("TZ"), Attrs: found.Attrs, Command: sh.command,
	}).Commands()
	rc := filepath.Join(dir, "rc")
	if err := os.WriteFile(rc, []byte(commands), 0o666); err != nil {
		return dropin.FileError(err)
	}
	next := &dropin.Become{Path: shell, Args: []string{"bash", rc}, Failed: "executing shell '%s'", Undo: func() { _ = os.RemoveAll(dir) }}
	if sh.interactive {
		next.Args = []string{"bash", "--rcfile", rc}
	}
	for name, value := range env {
		next.Env = append(next.Env, name+"="+value)
	}
	return next
}

const shellIntro = `nix-shell, the one of firn: starts a shell with what a derivation is built with.

    nix-shell [FILE] [-A PATH]         a shell for the derivation of shell.nix or default.nix
    nix-shell -p PACKAGE...            a shell with packages of <nixpkgs>
    nix-shell ... --run COMMAND        run a command there
    #! nix-shell -i python3 -p PACKAGE on the second line of a script: its interpreter, and what it needs

The shell is that of NIX_BUILD_SHELL, or bashInteractive of <nixpkgs>, or the installed bash.
`
