package eval_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/lang"
)

// TestKinds checks that the numbers of package core mean here what they mean there.
func TestKinds(t *testing.T) {
	for own, inner := range map[eval.ErrorKind]core.ErrorKind{
		eval.ErrEval: core.ErrEval, eval.ErrThrow: core.ErrThrow, eval.ErrAssertion: core.ErrAssertion, eval.ErrAbort: core.ErrAbort,
		eval.ErrType: core.ErrType, eval.ErrUndefined: core.ErrUndefined, eval.ErrMissingArgument: core.ErrMissingArgument,
		eval.ErrInfiniteRecursion: core.ErrInfiniteRecursion, eval.ErrStackOverflow: core.ErrStackOverflow,
		eval.ErrParse: core.ErrParse, eval.ErrHost: core.ErrHost, eval.ErrLimit: core.ErrLimit, eval.ErrInterrupted: core.ErrInterrupted,
	} {
		assert.Equal(t, inner, core.ErrorKind(own), own)
	}
	assert.Equal(t, "infinite recursion", eval.ErrInfiniteRecursion.String())
	assert.Equal(t, "interrupted", eval.ErrInterrupted.String())
	assert.Equal(t, "ErrorKind(99)", eval.ErrorKind(99).String())
	for own, inner := range map[eval.Limit]core.Limit{
		eval.LimitSteps: core.LimitSteps, eval.LimitMemory: core.LimitMemory, eval.LimitTime: core.LimitTime,
		eval.LimitDepth: core.LimitDepth, eval.LimitStack: core.LimitStack, eval.LimitHeap: core.LimitHeap,
	} {
		assert.EqualValues(t, inner, own)
	}
	for own, inner := range map[eval.ContextKind]core.ContextKind{
		eval.ContextPath: core.ContextPath, eval.ContextDeep: core.ContextDeep, eval.ContextOutput: core.ContextOutput,
	} {
		assert.EqualValues(t, inner, own)
	}
	for own, inner := range map[eval.Resume]core.Resume{
		eval.Continue: core.Continue, eval.StepInto: core.StepInto, eval.StepOver: core.StepOver, eval.StepOut: core.StepOut, eval.Quit: core.Quit,
	} {
		assert.EqualValues(t, inner, own)
	}
	for own, inner := range map[eval.StopReason]core.StopReason{
		eval.StopBreak: core.StopBreak, eval.StopError: core.StopError, eval.StopPoint: core.StopPoint, eval.StopStep: core.StopStep,
		eval.StopReturn: core.StopReturn, eval.StopWatch: core.StopWatch, eval.StopTrace: core.StopTrace, eval.StopWarn: core.StopWarn,
	} {
		assert.EqualValues(t, inner, own)
	}
	for own, inner := range map[eval.FrameKind]core.FrameKind{
		eval.FrameText: core.FrameText, eval.FrameFunction: core.FrameFunction, eval.FrameThunk: core.FrameThunk,
	} {
		assert.EqualValues(t, inner, own)
	}
}

// TestError looks at the parts of errors, and at errors that pass through Go functions.
func TestError(t *testing.T) {
	var inner error
	ev := evaluator(t, eval.Options{Functions: []eval.Function{
		eval.Func1("force", func(ctx context.Context, v eval.Value) (int, error) {
			_, err := v.Force(ctx)
			inner = err
			return 0, err
		}),
		eval.Func1("wrap", func(ctx context.Context, v eval.Value) (int, error) {
			_, err := v.Force(ctx)
			return 0, fmt.Errorf("wrapped: %w", err)
		}),
		eval.Func1("own", func(ctx context.Context, kind int) (int, error) {
			return 0, &eval.Error{Kind: eval.ErrorKind(kind), Msg: "own words", Suggestions: []string{"near"}, Cause: context.Canceled}
		}),
	}})
	failure := func(source string) *eval.Error {
		t.Helper()
		_, err := ev.EvalString(ctx, source)
		var e *eval.Error
		require.ErrorAs(t, err, &e)
		return e
	}

	e := failure("let f = x: x.abd; in f { abc = 1; }")
	assert.Equal(t, eval.ErrEval, e.Kind)
	assert.Equal(t, "missing-attribute", e.Code)
	assert.Equal(t, "attribute 'abd' missing", e.Msg)
	assert.Equal(t, []string{"abc"}, e.Suggestions)
	assert.Equal(t, lang.Position{File: "«string»", Line: 1, Column: 12}, e.Position())
	assert.Equal(t, "«string»:1:12: attribute 'abd' missing", e.Error())
	require.NotEmpty(t, e.Frames())
	assert.Equal(t, eval.Frame{Text: "from call site", Colored: "from call site", Position: lang.Position{File: "«string»", Line: 1, Column: 22}, Detail: true}, e.Frames()[len(e.Frames())-1])
	assert.Contains(t, e.Render(eval.RenderOptions{}), "Did you mean abc?")
	assert.Contains(t, e.Render(eval.RenderOptions{Color: true}), "\x1b[")
	assert.Equal(t, "missing-attribute", ev.Explain(e).Code.Name)

	around := e.InAttr("a b")
	assert.Len(t, around.Frames(), len(e.Frames())+1)
	assert.Equal(t, "while evaluating the attribute '\x1b[35;1m\"a b\"\x1b[0m'", around.Frames()[len(e.Frames())].Colored)
	assert.Contains(t, around.Render(eval.RenderOptions{}), `while evaluating the attribute '"a b"'`)
	assert.Equal(t, "attribute '\x1b[35;1mabd\x1b[0m' missing", e.ColoredMsg())

	// The trace of what failed within the function is not lost.
	e = failure(`builtins.force (let f = x: throw "deep"; in f 1)`)
	assert.Equal(t, eval.ErrThrow, e.Kind)
	assert.Equal(t, "deep", e.Msg)
	text := e.Render(eval.RenderOptions{ShowTrace: true})
	assert.Contains(t, text, "while calling the 'force' builtin")
	assert.Contains(t, text, "while calling 'f'")
	require.ErrorAs(t, inner, &e, "what the function got")
	assert.Equal(t, "deep", e.Msg)
	assert.NotEmpty(t, e.Frames())
	v := evaluate(t, ev, `builtins.tryEval (builtins.force (throw "caught"))`)
	assert.Equal(t, `{"success":false,"value":false}`, toJSON(t, v))

	e = failure(`builtins.wrap (throw "deep")`)
	assert.Equal(t, eval.ErrHost, e.Kind, "an error of the function itself")
	assert.True(t, strings.HasPrefix(e.Msg, "wrapped: "), e.Msg)
	require.ErrorAs(t, e.Cause, &e)
	assert.Equal(t, eval.ErrThrow, e.Kind)

	e = failure(fmt.Sprintf("builtins.own %d", eval.ErrType))
	assert.Equal(t, eval.ErrType, e.Kind)
	assert.Equal(t, "wrong-type", e.Code)
	assert.Equal(t, "own words", e.Msg)
	assert.Equal(t, []string{"near"}, e.Suggestions)
	assert.ErrorIs(t, e, context.Canceled)
	assert.Contains(t, e.Render(eval.RenderOptions{}), "while calling the 'own' builtin")
	v = evaluate(t, ev, fmt.Sprintf("builtins.tryEval (builtins.own %d)", eval.ErrThrow))
	assert.Equal(t, `{"success":false,"value":false}`, toJSON(t, v))

	e = failure("1 +")
	assert.Equal(t, eval.ErrParse, e.Kind)
	var list lang.ErrorList
	require.True(t, errors.As(e.Cause, &list))
	assert.Equal(t, 1, list[0].Position().Line)

	// One that no evaluation returned.
	e = &eval.Error{Kind: eval.ErrType, Msg: "words", Cause: context.Canceled}
	assert.Equal(t, "words", e.Error())
	assert.Equal(t, "error: words\n", e.Render(eval.RenderOptions{}))
	assert.Zero(t, e.Position())
	assert.Empty(t, e.Frames())
	assert.ErrorIs(t, e, context.Canceled)
	assert.Equal(t, "words", ev.Explain(fmt.Errorf("around: %w", e)).Message)
}

// A panicking is a file system, a store and whatever else a program can be, and panics.
type panicking struct{ store.Store }

func (panicking) Open(string) (fs.File, error)                        { panic("in files") }
func (panicking) Dir() storepath.Dir                                  { return "/nix/store" }
func (panicking) ReadOnly() bool                                      { return false }
func (panicking) Files() eval.Host                                    { return nil }
func (panicking) AddText(context.Context, store.Text) (string, error) { panic(errFault) }
func (panicking) Write([]byte) (int, error)                           { panic("in messages") }
func (panicking) UnmarshalNix(context.Context, eval.Value) error      { panic("in decoding") }

var errFault = errors.New("in the store")

// TestPanicsOfEmbedders lets all kinds of code around an evaluation panic: the error says
// where, and that it is none of firn.
func TestPanicsOfEmbedders(t *testing.T) {
	for _, tt := range []struct {
		name, source, want string
		opt                eval.Options
	}{
		{"files", `builtins.pathExists /x/y`, "in files", eval.Options{FS: panicking{}}},
		{"read", `import /x.nix`, "in files", eval.Options{FS: panicking{}}},
		{"environment", `builtins.getEnv "X"`, "in env", eval.Options{Env: func(string) string { panic("in env") }}},
		{"trace", `builtins.trace "t" 1`, "in trace", eval.Options{Trace: func(string) { panic("in trace") }}},
		{"warning", `builtins.warn "w" 1`, "in warn", eval.Options{Warn: func(string) { panic("in warn") }}},
		{"messages", `builtins.trace "t" 1`, "in messages", eval.Options{Messages: panicking{}}},
		{"clock", `builtins.currentTime`, "in clock", eval.Options{Now: func() time.Time { panic("in clock") }}},
		{"imports", `import /x.nix`, "in imports", eval.Options{
			FS: fstest.MapFS{"x.nix": {Data: []byte("1")}}, OnImport: func(string) { panic("in imports") },
		}},
		{"store", `builtins.toFile "x" "y"`, "in the store", eval.Options{Store: func(eval.Host) store.Store { return panicking{} }}},
		{"function", `builtins.f 1`, "in f", eval.Options{Functions: []eval.Function{
			eval.Func1("f", func(context.Context, int) (int, error) { panic("in f") }),
		}}},
		{"files within a function", `builtins.f /x.nix`, "in files", eval.Options{FS: panicking{}, Functions: []eval.Function{
			eval.Func1("f", func(ctx context.Context, v eval.Value) (eval.Value, error) {
				return v.Evaluator().EvalFile(ctx, "/x.nix")
			}),
		}}},
		{"break", `builtins.break 1`, "in the debugger", eval.Options{Debugger: eval.NewDebugger(eval.DebuggerOptions{
			Stopped: func(context.Context, *eval.Stop) eval.Resume { panic("in the debugger") },
		})}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ev := evaluator(t, tt.opt)
			_, err := ev.EvalString(ctx, tt.source)
			var e *eval.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, "panic", e.Code)
			assert.NotContains(t, err.Error(), "internal")
			assert.Contains(t, err.Error(), tt.want)
			var p *eval.PanicError
			require.ErrorAs(t, err, &p)
			assert.Equal(t, tt.want, fmt.Sprint(p.Value))
			assert.Contains(t, string(p.Stack), "error_test.go")
			assert.Equal(t, "panic", ev.Explain(err).Code.Name)
			assert.Equal(t, tt.name == "store", errors.Is(err, errFault))
			assert.Equal(t, "2", evaluate(t, ev, "1 + 1").String())
		})
	}
	err := eval.Decode(ctx, evaluate(t, evaluator(t, eval.Options{}), "1"), new(panicking))
	var p *eval.PanicError
	require.ErrorAs(t, err, &p)
	assert.Equal(t, "in decoding", p.Value)
}
