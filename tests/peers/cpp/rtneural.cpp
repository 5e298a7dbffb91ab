// Single steps in RTNeural, with the weights of static-net, whose outputs they have to give.

#include <memory>

#include <RTNeural/RTNeural.h>

#include "measure.hpp"

using measure::Reference;
using measure::Run;

/// One step after the other.
template <typename Model>
Run steps(const std::string& workload, const std::function<void(Model&, const nlohmann::json&)>& load)
{
    const Reference reference(workload);
    // Models have arrays for vectors, which ask for an alignment that `make_shared` keeps.
    const auto model = std::make_shared<Model>();
    load(*model, reference.file.at("tensors"));
    model->reset();
    std::vector<float> outputs;
    for (const float x : reference.x)
        outputs.push_back(model->forward(&x));
    reference.check(outputs, 0);
    return [model, signal = reference.x, next = size_t { 0 }]() mutable
    {
        const float x = signal[next];
        next = next + 1 == signal.size() ? 0 : next + 1;
        measure::keep(model->forward(&x));
    };
}

// A recurrent layer, whose weights `load` takes, and a dense one behind it.
template <typename Layer, typename Load>
Run recurrent(const std::string& workload, Load load)
{
    using namespace RTNeural;
    using Model = ModelT<float, 1, 1, Layer, DenseT<float, Layer::out_size, 1>>;
    return steps<Model>(workload, [load](Model& model, const nlohmann::json& tensors)
        {
            load(tensors, model.template get<0>());
            torch_helpers::loadDense<float>(tensors, "stage2.", model.template get<1>());
        });
}

template <int HIDDEN>
Run lstm(const std::string& workload)
{
    return recurrent<RTNeural::LSTMLayerT<float, 1, HIDDEN>>(workload, [](const nlohmann::json& tensors, auto& layer)
        { RTNeural::torch_helpers::loadLSTM<float>(tensors, "stage1.", layer); });
}

template <int HIDDEN>
Run gru(const std::string& workload)
{
    return recurrent<RTNeural::GRULayerT<float, 1, HIDDEN>>(workload, [](const nlohmann::json& tensors, auto& layer)
        { RTNeural::torch_helpers::loadGRU<float>(tensors, "stage1.", layer); });
}

template <int CHANNELS>
Run convolutions(const std::string& workload)
{
    using namespace RTNeural;
    using Tanh = TanhActivationT<float, CHANNELS>;
    using Model = ModelT<float, 1, 1,
        Conv1DT<float, 1, CHANNELS, 3, 1>, Tanh,
        Conv1DT<float, CHANNELS, CHANNELS, 3, 2>, Tanh,
        Conv1DT<float, CHANNELS, CHANNELS, 3, 4>, Tanh,
        Conv1DT<float, CHANNELS, CHANNELS, 3, 8>, Tanh,
        Conv1DT<float, CHANNELS, 1, 1, 1>>;
    return steps<Model>(workload, [](Model& model, const nlohmann::json& tensors)
        {
            torch_helpers::loadConv1D<float>(tensors, "stage1.", model.template get<0>());
            torch_helpers::loadConv1D<float>(tensors, "stage2.", model.template get<2>());
            torch_helpers::loadConv1D<float>(tensors, "stage3.", model.template get<4>());
            torch_helpers::loadConv1D<float>(tensors, "stage4.", model.template get<6>());
            torch_helpers::loadConv1D<float>(tensors, "stage5.", model.template get<8>());
        });
}

int main()
{
    const auto version = std::to_string(XSIMD_VERSION_MAJOR) + "." + std::to_string(XSIMD_VERSION_MINOR);
    return measure::serve("RTNeural with xsimd " + version,
        {
            { "lstm-8", [] { return lstm<8>("lstm-8"); } },
            { "lstm-16", [] { return lstm<16>("lstm-16"); } },
            { "lstm-20", [] { return lstm<20>("lstm-20"); } },
            { "lstm-40", [] { return lstm<40>("lstm-40"); } },
            { "lstm-64", [] { return lstm<64>("lstm-64"); } },
            { "gru-8", [] { return gru<8>("gru-8"); } },
            { "gru-16", [] { return gru<16>("gru-16"); } },
            { "gru-24", [] { return gru<24>("gru-24"); } },
            { "gru-64", [] { return gru<64>("gru-64"); } },
            { "conv-8", [] { return convolutions<8>("conv-8"); } },
            { "conv-16", [] { return convolutions<16>("conv-16"); } },
        });
}
