# L30: inherit under with
with { x = 1; }; [ { inherit x; } rec { inherit y; } (let inherit z; in z) ]
