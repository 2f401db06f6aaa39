package diff

// This file defines Repl, which asks the reference for the values of many
// programs in one process: starting one for each would take most of the time.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/firn-lang/firn/corpus/gen"
	"github.com/firn-lang/firn/lang"
)

// A Repl is the reference's read-eval-print loop, fed through a pipe. It goes
// on after errors.
//
// What it prints for a value cannot be used: it has several lines, and errors
// in the middle. So each program is the argument of a function that forces it
// deeply, in the order that --strict does, and traces it, in one line. Values
// and errors then come out of the same pipe, in order.
//
// The loop needs three system calls for every byte of its input, which was
// most of the time. So programs are the elements of lists in files, and the
// input is their numbers. Programs that would mean something else there are in
// the input; see apart. The files are small because the loop reads one from its
// start for every position that it prints.
//
// Two things differ from a process for each program, so that only the answer
// of Instantiate can prove firn wrong:
//
//   - attributes are forced in the order in which the process met their names,
//     which other programs can have changed;
//   - functions and repeated parts print otherwise; normalValue makes the two
//     the same.
type Repl struct {
	Args     []string
	Env      []string      // added to the environment
	Dir      string        // where relative paths start; files are written there
	Patience time.Duration // how long one program may take
	Prelude  string        // an expression that is evaluated first
	Traces   bool          // results have traces
	Lazy     bool          // values are evaluated on the outside only
	files    atomic.Int64  // how many were written
}

// NewRepl returns what runs COMMAND, such as nix repl.
func NewRepl(command []string, dir string) *Repl {
	return &Repl{Args: command, Env: referenceEnv(), Dir: dir, Patience: 5 * time.Second}
}

// referenceEnv is the environment that the reference evaluates in. Its store is
// in memory and can be written to, so that programs can read what they wrote.
func referenceEnv() []string {
	return []string{
		"NIX_REMOTE=dummy://?read-only=false", "NIX_PATH=", "NO_COLOR=1",
		// Else a store path that is missing is looked for, for seconds; and
		// firn builds nothing.
		"NIX_CONFIG=substituters =\nallow-import-from-derivation = false",
		"XDG_DATA_HOME=" + filepath.Join(os.TempDir(), "firn-evaluate-data"), // the loop writes a history
		"GC_MAXIMUM_HEAP_SIZE=2000000000",
	}
}

const programsInFile = 30

// replEnd stands between what is written about two programs.
const replEnd = "-- end of a program --"

// replStart defines S, which shows a value, N, which shows that of a number,
// and E, which shows the end. The names are short because they are read often.
func (r *Repl) replStart(files []string) string {
	force := "deepSeq"
	if r.Lazy {
		force = "seq"
	}
	lines := []string{
		"S = x: builtins." + force + " x (builtins.trace [ x ] null)",
		"P = map import [ " + strings.Join(files, " ") + " ]",
		"N = f: i: let x = builtins.elemAt (builtins.elemAt P f) i; in builtins." + force + " x (builtins.trace [ x ] null)",
		"builtins.deepSeq (map builtins.length P) null",
		`E = x: builtins.trace "` + replEnd + `" x`,
	}
	if r.Prelude != "" {
		lines = append(lines, "builtins.deepSeq ("+r.Prelude+") null")
	}
	return strings.Join(append(lines, "E 0", ""), "\n")
}

// Eval returns the results for programs that parse and have no newlines.
func (r *Repl) Eval(ctx context.Context, programs []string) []Result {
	var results []Result
	for len(results) < len(programs) {
		parts, err := r.run(ctx, programs[len(results):], newApart().is)
		if err == errFile {
			parts, err = r.run(ctx, programs[len(results):], func(string) bool { return true })
		}
		for _, part := range parts {
			result := replResult(part)
			if r.Traces && len(result.Messages) > 0 {
				result.Trace = replTrace(part)
			}
			results = append(results, result)
		}
		if len(results) == len(programs) {
			break
		}
		if err == nil {
			err = fmt.Errorf("it ended early")
		}
		results = append(results, Result{Broken: err.Error()})
		if ctx.Err() != nil {
			break
		}
	}
	for len(results) < len(programs) {
		results = append(results, Result{Broken: ctx.Err().Error()})
	}
	return results
}

// errFile says that a program spoils the file that it is in. It can only be one
// that firn and the reference parse or resolve differently.
var errFile = errors.New("the file of programs has an error")

// run returns what one process writes about the programs, up to the first
// that it does not survive.
func (r *Repl) run(ctx context.Context, programs []string, apart func(string) bool) ([]string, error) {
	var in strings.Builder
	var lists [][]string
	for _, p := range programs {
		if apart(p) {
			fmt.Fprintf(&in, "S (%s)\nE 0\n", p)
			continue
		}
		last := len(lists) - 1
		if last < 0 || len(lists[last]) == programsInFile {
			lists = append(lists, nil)
			last++
		}
		fmt.Fprintf(&in, "N %d %d\nE 0\n", last, len(lists[last]))
		lists[last] = append(lists[last], p)
	}
	var files []string
	for _, list := range lists {
		file := filepath.Join(r.Dir, fmt.Sprintf("programs%d-%d.nix", os.Getpid(), r.files.Add(1)))
		if err := os.WriteFile(file, []byte("[\n("+strings.Join(list, ")\n(")+")\n]\n"), 0o644); err != nil {
			return nil, err
		}
		defer os.Remove(file)
		files = append(files, file)
	}

	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	args := r.Args
	if r.Traces {
		args = append(args[:len(args):len(args)], "--show-trace")
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), r.Env...)
	cmd.Dir = r.Dir
	cmd.Stdin = strings.NewReader(r.replStart(files) + in.String())
	cmd.WaitDelay = time.Second
	slow := time.AfterFunc(r.Patience, func() { cancel(fmt.Errorf("nothing after %v", r.Patience)) })
	defer slow.Stop()
	stderr := &watchedBuffer{written: func() { slow.Reset(r.Patience) }}
	cmd.Stdout, cmd.Stderr = io.Discard, stderr
	err := cmd.Run()
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	parts := strings.Split(stderr.String(), "trace: "+replEnd+"\n")
	parts = parts[:len(parts)-1]
	if len(parts) == 0 {
		return nil, fmt.Errorf("%v: %s", err, clip(stderr.String(), 500))
	}
	if len(files) > 0 && strings.Contains(parts[0], "error:") {
		return nil, errFile
	}
	return parts[1:], err
}

// An apart tells which programs cannot be in a file with others: an undefined
// variable would be an error of the file, and positions would not be null.
type apart struct {
	cfg   *lang.Config
	scope *lang.Scope
}

func newApart() apart {
	cfg := lang.NewConfig()
	return apart{cfg, lang.NewScope(cfg.Symbols, gen.ValueGlobals()...)}
}

func (a apart) is(program string) bool {
	if strings.Contains(program, "AttrPos") || strings.Contains(program, "__curPos") {
		return true
	}
	tree, err := a.cfg.Parse("", program)
	return err != nil || tree.Resolve(a.scope) != nil
}

// A watchedBuffer tells when something is written to it.
type watchedBuffer struct {
	bytes.Buffer
	written func()
}

func (b *watchedBuffer) Write(p []byte) (int, error) {
	b.written()
	return b.Buffer.Write(p)
}

var tracedValue = regexp.MustCompile(`(?s)(?:^|\n)trace: \[ (.*) \]\n`)

// replResult reads what the loop writes about one program.
func replResult(stderr string) Result {
	if m := tracedValue.FindStringSubmatch(stderr); m != nil {
		return Result{Tree: normalValue(m[1])}
	}
	if message, ok := lastError(stderr); ok {
		return Result{Messages: []Message{{Text: message}}}
	}
	return Result{Broken: "neither value nor error: " + clip(stderr, 500)}
}

// Instantiate asks "COMMAND --eval --strict" for the value of one program,
// after the prelude. Its answer is the one that counts.
//
// Some answers depend on the kind of store. In the one in memory, derivations
// refer to nothing, and what is no folder fails in its own words; in one on the
// disk, any name that is no store path fails, even for pathExists.
func (r *Repl) Instantiate(ctx context.Context, command []string, dir, program string, onDisk bool) Result {
	prelude := r.Prelude
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	before := ""
	if strings.Contains(program, "/nix/store/") && prelude != "" {
		before = fmt.Sprintf("builtins.deepSeq %s (", prelude)
		program = before + program + ")"
	}
	args := append(command[1:len(command):len(command)], "--read-write-mode", "--eval", "-E", program)
	if !r.Lazy {
		args = append(args, "--strict")
	}
	if r.Traces {
		args = append(args, "--show-trace")
	}
	cmd := exec.CommandContext(ctx, command[0], args...)
	cmd.Env = append(os.Environ(), referenceEnv()...)
	root := ""
	if onDisk {
		var err error
		if root, err = os.MkdirTemp("", "firn-evaluate-store"); err != nil {
			return Result{Broken: err.Error()}
		}
		defer os.RemoveAll(root)
		cmd.Env = append(cmd.Env, "NIX_REMOTE="+root)
	}
	cmd.Dir = dir
	cmd.WaitDelay = time.Second
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if err == nil {
		return Result{Tree: normalValue(strings.TrimSuffix(stdout.String(), "\n"))}
	}
	errors := stderr.String()
	if onDisk {
		errors = strings.ReplaceAll(errors, root, "")
	}
	if message, ok := lastError(errors); ok && ctx.Err() == nil {
		message = placeInMessage.ReplaceAllStringFunc(message, func(place string) string {
			column, _ := strconv.Atoi(place[len(onString+":1:"):])
			return fmt.Sprintf("%s:1:%d", onString, column-len(before))
		})
		result := Result{Messages: []Message{{Text: message}}}
		if r.Traces {
			result.Trace = instantiateTrace(errors, len(before))
		}
		return result
	}
	return Result{Broken: fmt.Sprintf("%v: %s", err, clip(stderr.String(), 500))}
}

var (
	// Where a function is depends on what stands around the program.
	functionPlace = regexp.MustCompile(`(«lambda[^«»]*@ )[^»]*(»:\d+:\d+»|:\d+:\d+»)`)

	placeInMessage = regexp.MustCompile(onString + `:1:\d+`)

	errorStart = regexp.MustCompile(`(?m)^(?:       )?error:(?: |$)`)
	errorPlace = regexp.MustCompile(`(?m)^ +at .*:\d+:\d+:$|^ +at .*:$|^ +Did you mean .*\?$|^ *Try '.*' for more information\.$`)
)

// lastError returns the message of an error without its trace, its place and
// suggestions, which come before and after it.
func lastError(stderr string) (message string, ok bool) {
	starts := errorStart.FindAllStringIndex(stderr, -1)
	if starts == nil {
		return "", false
	}
	text := stderr[starts[len(starts)-1][1]:]
	if place := errorPlace.FindStringIndex(text); place != nil {
		text = text[:place[0]]
	}
	return normalMessage(text), true
}

// firn's and the reference's reasons not to build anything.
const (
	cannotBuild        = "during evaluation: the store of this evaluation builds nothing"
	cannotBuildSetting = "during evaluation because the option 'allow-import-from-derivation' is disabled"
)

// normalMessage makes messages comparable: the reference wraps lines, and
// writes neither carriage returns nor bells.
func normalMessage(s string) string {
	s = strings.NewReplacer("\r", "", "\a", "").Replace(s)
	s = strings.ReplaceAll(s, "-nan", "nan") // see valueForms
	s = strings.ReplaceAll(s, cannotBuild, cannotBuildSetting)
	if strings.HasPrefix(s, "out of memory") {
		return "out of memory" // firn says of what
	}
	s = spaced(functionPlace.ReplaceAllString(s, "${1}…»"))
	if strings.HasPrefix(s, "while parsing TOML: [error] ") {
		return "while parsing TOML: [error]" // a library's words, which change with its version
	}
	return s
}

var valueForms = []struct {
	form *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`«lambda(?:[^«»]|«[^«»]*»)*»`), "<LAMBDA>"},
	{regexp.MustCompile(`«partially applied [^«»]*»`), "<PRIMOP-APP>"},
	{regexp.MustCompile(`«primop[^«»]*»`), "<PRIMOP>"},
	{regexp.MustCompile(`«thunk»`), "<CODE>"},
	// The sign of what is not a number depends on the processor.
	{regexp.MustCompile(`-nan`), "nan"},
	// All empty sets are the same one to the trace, so that it may call them
	// repeated; to nix-instantiate, they are not.
	{regexp.MustCompile(`\{ \}`), "«repeated»"},
}

// normalValue makes a value that was traced and one that was printed the same.
func normalValue(s string) string {
	if !strings.ContainsAny(s, "«{") && !strings.Contains(s, "nan") {
		return s
	}
	for _, f := range valueForms {
		s = f.form.ReplaceAllString(s, f.with)
	}
	return s
}
