// The WaveNet A1 standard in the core of Neural Amp Modeler, with the weights of static-net, whose outputs it has to give. An
// argument has it approximate the hyperbolic tangent, as its plugin does: outputs are not looked at then.

#include <memory>

#include <NAM/activations.h>
#include <NAM/dsp.h>
#include <NAM/get_dsp.h>
#include <NAM/version.h>

#include "measure.hpp"

using measure::Reference;
using measure::Run;

constexpr int BLOCK = 64;
constexpr double RATE = 48000.0;

/// The model, and a block that goes in and comes out.
struct Amp
{
    std::unique_ptr<nam::DSP> model;
    std::vector<NAM_SAMPLE> input = std::vector<NAM_SAMPLE>(BLOCK);
    std::vector<NAM_SAMPLE> output = std::vector<NAM_SAMPLE>(BLOCK);

    void process(const float* block)
    {
        std::copy(block, block + BLOCK, input.begin());
        NAM_SAMPLE* inputs[] = { input.data() };
        NAM_SAMPLE* outputs[] = { output.data() };
        model->process(inputs, outputs, BLOCK);
    }
};

Run wavenet(bool is_exact)
{
    const Reference reference("wavenet");
    nam::dspData data;
    const auto amp = std::make_shared<Amp>();
    amp->model = nam::get_dsp(reference.file.at("nam"), data);
    amp->model->Reset(RATE, BLOCK);
    std::vector<float> outputs;
    for (size_t start = 0; start + BLOCK <= reference.x.size(); start += BLOCK)
    {
        amp->process(&reference.x[start]);
        outputs.insert(outputs.end(), amp->output.begin(), amp->output.end());
    }
    // It begins behind silence and not behind zeros in each layer: which of them is forgotten by then.
    if (is_exact)
        reference.check(outputs, reference.x.size() / 2);
    return [amp, signal = reference.x, next = size_t { 0 }]() mutable
    {
        amp->process(&signal[next]);
        next = next + 2 * BLOCK > signal.size() ? 0 : next + BLOCK;
        measure::keep(amp->output[0]);
    };
}

int main(int count, char**)
{
    const bool is_exact = count == 1;
    if (is_exact)
        nam::activations::Activation::disable_fast_tanh();
    else
        nam::activations::Activation::enable_fast_tanh();
    const std::string name = std::string("NAM core ") + std::to_string(NEURAL_AMP_MODELER_DSP_VERSION_MAJOR) + "."
        + std::to_string(NEURAL_AMP_MODELER_DSP_VERSION_MINOR) + "." + std::to_string(NEURAL_AMP_MODELER_DSP_VERSION_PATCH);
    return measure::serve(is_exact ? name : name + ", approximate tanh",
        { { "wavenet", [is_exact] { return wavenet(is_exact); } } });
}
